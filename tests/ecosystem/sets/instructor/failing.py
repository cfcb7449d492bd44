"""The exceptions of the API come out as they are; a value that never fits, as instructor's."""

import instructor
from instructor.exceptions import InstructorRetryException
from pydantic import BaseModel

import anthropic

REPLIES = [{"status": 401, "error": "authentication_error"}, *[{"tools": [["User", {"name": 1}]]}] * 2]


class User(BaseModel):
    name: str


client = instructor.from_anthropic(anthropic.Anthropic(max_retries=0))
question = {
    "model": "claude-3-haiku-20240307",
    "max_tokens": 100,
    "messages": [{"role": "user", "content": "Who is it?"}],
    "response_model": User,
}
try:
    client.messages.create(**question, max_retries=1)
except (anthropic.AuthenticationError, InstructorRetryException) as error:
    cause = getattr(error, "__cause__", None)
    assert "AuthenticationError" in repr(cause) + repr(error), error
else:
    raise AssertionError("no error")
try:
    client.messages.create(**question, max_retries=2)
except InstructorRetryException as error:
    assert error.n_attempts == 2, error.n_attempts
    assert error.last_completion.content[0].input == {"name": 1}
else:
    raise AssertionError("no error")

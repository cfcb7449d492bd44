"""The exceptions of the API come out as they are."""

from langchain_anthropic import ChatAnthropic

import anthropic

REPLIES = [
    {"status": 400, "error": "invalid_request_error", "text": "too long"},
    {"status": 429, "error": "rate_limit_error"},
]

model = ChatAnthropic(model="claude-3-haiku-20240307", max_retries=0)
try:
    model.invoke("Hi")
except anthropic.BadRequestError as error:
    assert "too long" in str(error) and error.status_code == 400
    assert error.body["error"]["message"] == "too long"
else:
    raise AssertionError("no error")
fallback = model.with_fallbacks([], exceptions_to_handle=(anthropic.RateLimitError,))
try:
    fallback.invoke("Hi")
except anthropic.RateLimitError as error:
    assert error.response.headers["request-id"]
else:
    raise AssertionError("no error")

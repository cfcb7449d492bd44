"""A model from JSON in the text."""

import instructor
from pydantic import BaseModel

import anthropic

REPLIES = [{"text": '```json\n{"city": "Oslo", "people": 700000}\n```'}]


class City(BaseModel):
    city: str
    people: int


client = instructor.from_anthropic(anthropic.Anthropic(), mode=instructor.Mode.ANTHROPIC_JSON)
city, completion = client.messages.create_with_completion(
    model="claude-3-haiku-20240307",
    max_tokens=100,
    system="Speak JSON.",
    messages=[{"role": "user", "content": "Where?"}],
    response_model=City,
)
assert city.model_dump() == {"city": "Oslo", "people": 700000}
assert completion.content[0].text.startswith("```json")

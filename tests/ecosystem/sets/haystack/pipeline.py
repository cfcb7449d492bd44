"""In a pipeline that is written out and read back."""

from haystack import Pipeline
from haystack.components.builders import PromptBuilder
from haystack_integrations.components.generators.anthropic import AnthropicGenerator

REPLIES = [{"text": "Paris"}]

pipeline = Pipeline()
pipeline.add_component("prompt", PromptBuilder("The capital of {{ country }} is"))
pipeline.add_component("llm", AnthropicGenerator(model="claude-3-haiku-20240307"))
pipeline.connect("prompt", "llm")
again = Pipeline.loads(pipeline.dumps())
assert again.run({"prompt": {"country": "France"}})["llm"]["replies"] == ["Paris"]

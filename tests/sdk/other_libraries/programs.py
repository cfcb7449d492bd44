"""Programs that use the package through other libraries, each with what it prints.

They find in their namespace: `MESSAGE`, a message as the API sends it, with a key that this version doesn't know;
`message`, the same as a model; `newer`, a message with a block that this version doesn't know. Those of `pets` use the
package of pets.yaml, and find `OWNER` and `owner`.
"""

from __future__ import annotations

from typing import Any, NamedTuple


class Program(NamedTuple):
    """One program. `package` is the import name of what it is about."""

    name: str
    code: str
    printed: str
    package: str = "anthropic"


MESSAGE: dict[str, Any] = {
    "id": "msg_1",
    "content": [
        {"text": "Hi", "type": "text"},
        {"id": "toolu_1", "input": {"a": [1, None]}, "name": "add", "type": "tool_use"},
    ],
    "model": "claude-3-opus-20240229",
    "role": "assistant",
    "stop_reason": "end_turn",
    "type": "message",
    "usage": {"input_tokens": 1, "output_tokens": 2, "later_tokens": 3},
}

OWNER: dict[str, Any] = {
    "name": "Ada",
    "class": "gold",
    "since": "2024-01-02T03:04:05Z",
    "pets": [{"kind": "cat", "owner": {"name": "Bob", "pets": []}}, {"kind": "dog", "tricks": 2, "age": 7}],
}

PYDANTIC = [
    Program(
        "a model as a field: from a model, from an object, from JSON, and back",
        """
        class Log(pydantic.BaseModel):
            message: Message
            note: str = ""

        assert Log(message=message).message is message
        for log in Log(message=MESSAGE), Log.model_validate_json(json.dumps({"message": MESSAGE})):
            assert isinstance(log.message, Message) and isinstance(log.message.content[1], types.ToolUseBlock)
            assert log.message == message and log.message.usage.later_tokens == 3
            assert log.model_dump() == {"message": MESSAGE, "note": ""}
            assert json.loads(log.model_dump_json()) == {"message": MESSAGE, "note": ""}
            assert Log.model_validate(log.model_dump()) == log
        print(log.model_dump_json(include={"message": {"id": True, "content": {0: {"text"}}}}))
        print(log.model_dump(exclude={"message": {"content": {0}, "usage": True}})["message"]["content"][0]["name"])
        print(Log(message={**MESSAGE, "stop_sequence": None}).model_dump(exclude_none=True)["message"] == MESSAGE)
        """,
        '{"message":{"id":"msg_1","content":[{"text":"Hi"}]}}\nadd\nTrue\n',
    ),
    Program(
        "what is wrong stands at its place inside of the outer model",
        """
        class Log(pydantic.BaseModel):
            messages: List[Message]

        wrong = {**MESSAGE, "content": [{"type": "text", "text": 5}, {"type": "later"}], "usage": {"input_tokens": 1}}
        for read in Log.model_validate, lambda data: Log.model_validate_json(json.dumps(data)):
            try:
                read({"messages": [MESSAGE, wrong, "message"]})
            except pydantic.ValidationError as error:
                for problem in error.errors():
                    print(problem["type"], *problem["loc"])
        """,
        """
        string_type messages 1 content 0 text text
        union_tag_invalid messages 1 content 1
        missing messages 1 usage output_tokens
        dict_type messages 2
        """
        * 2,
    ),
    Program(
        "JSON schemas, for both directions",
        """
        class Log(pydantic.BaseModel):
            message: Message

        schemas = [Log.model_json_schema(mode=mode) for mode in ("validation", "serialization")]
        assert schemas[0] == schemas[1]
        definitions = schemas[0]["$defs"]
        print({"Message", "TextBlock", "ToolUseBlock", "Usage"} <= definitions.keys())
        print(definitions["Usage"]["required"], definitions["Usage"]["properties"]["input_tokens"]["description"])
        print(definitions["Message"]["title"], "|", definitions["Message"]["description"])
        mapping = definitions["Message"]["properties"]["content"]["items"]["discriminator"]["mapping"]
        print(mapping["text"], mapping["tool_use"])
        print(definitions["Message"]["required"])
        """,
        """
        True
        ['input_tokens', 'output_tokens'] The number of tokens that were read.
        Message | A message of the model.
        #/$defs/TextBlock #/$defs/ToolUseBlock
        ['id', 'content', 'model', 'role', 'type', 'usage']
        """,
    ),
    Program(
        "types of requests: lists stay lists, also with models and files in them",
        """
        turns = pydantic.TypeAdapter(List[types.MessageParam])
        said = [{"role": "user", "content": [{"type": "text", "text": "Hi"}]}, {"role": "user", "content": "?"}]
        print(turns.validate_python(said) == said, turns.validate_json(json.dumps(said)) == said)
        print(turns.validate_python([{"role": "user", "content": iter(said[0]["content"])}]) == said[:1])
        mixed = turns.validate_python([{"role": "assistant", "content": message.content}])
        print(mixed[0]["content"] == message.content, turns.dump_python(mixed)[0]["content"] == MESSAGE["content"])
        file = io.BytesIO(b"image")
        image = {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": file}}
        read = pydantic.TypeAdapter(types.ImageBlockParam).validate_python(image)
        print(read["source"]["data"] is file, turns.validate_python([{"role": "user", "content": [image]}])[0]["role"])
        schema = pydantic.TypeAdapter(types.ImageBlockParam).json_schema()
        print(schema["$defs"]["Source"]["properties"]["data"])
        try:
            turns.validate_python([{"role": "user", "content": [{"type": "text"}]}, {"role": "nobody", "content": ""}])
        except pydantic.ValidationError as error:
            print(sorted({problem["loc"][:2] for problem in error.errors()}))
        """,
        """
        True True
        True
        True True
        True user
        {'title': 'Data', 'type': 'string'}
        [(0, 'content'), (1, 'role')]
        """,
    ),
    Program(
        "unions, nested types, the types of the beta",
        """
        beta = types.beta.prompt_caching

        class Mine(pydantic.BaseModel):
            kind: str

        class Holder(pydantic.BaseModel):
            either: Union[Message, Mine, None] = None
            block: Annotated[Union[types.TextBlock, types.ToolUseBlock], pydantic.Field(discriminator="type")]
            by_name: Dict[str, Tuple[types.Usage, Optional[types.ContentBlock]]]
            cached: Union[Message, beta.PromptCachingBetaMessage]
            turn: beta.PromptCachingBetaMessageParam

        usage = {**MESSAGE["usage"], "cache_read_input_tokens": 4, "cache_creation_input_tokens": 5}
        block = {"type": "text", "text": "Hi", "cache_control": {"type": "ephemeral"}}
        data = {
            "either": {"kind": "mine"}, "block": MESSAGE["content"][1], "by_name": {"a": [MESSAGE["usage"], None]},
            "cached": {**MESSAGE, "usage": usage}, "turn": {"role": "user", "content": [block]},
        }
        holder = Holder.model_validate(data)
        print(type(holder.either).__name__, type(holder.block).__name__, type(holder.cached).__name__)
        print(type(holder.by_name["a"][0]).__name__, json.loads(holder.model_dump_json()) == data)
        print(Holder(**{**data, "either": message}).model_dump(mode="json")["either"] == MESSAGE)
        Holder.model_json_schema(), Holder.model_json_schema(mode="serialization")
        """,
        "Mine ToolUseBlock PromptCachingBetaMessage\nUsage True\nTrue\n",
    ),
    Program(
        "a block that this version doesn't know passes as it is",
        """
        class Log(pydantic.BaseModel):
            message: Message
            blocks: List[types.ContentBlock]

        log = Log(message=newer, blocks=newer.content)
        print(log.model_dump()["blocks"], log.model_dump(mode="json")["message"]["content"])
        """,
        "[{'type': 'later', 'q': [1]}] [{'type': 'later', 'q': [1]}]\n",
    ),
    Program(
        "subclasses, and types of users",
        """
        class Money:
            pass

        class Priced(types.Usage):
            price: Money
            note: Optional["Priced"] = None

        class Bill(pydantic.BaseModel):
            usage: Priced

        price = Money()
        data = {"input_tokens": 1, "output_tokens": 2, "price": price}
        print(Bill(usage={**data, "note": data}).usage.note.price is price)
        try:
            Bill(usage={**data, "price": "5"})
        except pydantic.ValidationError as error:
            print(error.errors()[0]["loc"], error.errors()[0]["msg"])
        """,
        "True\n('usage', 'price') expected Money, got a string\n",
    ),
    Program(
        "FastAPI: response_model, bodies, the OpenAPI document",
        """
        class Log(pydantic.BaseModel):
            message: Message

        app = fastapi.FastAPI()

        @app.post("/reply", response_model=Message)
        def reply(turn: types.MessageParam):
            return message

        @app.post("/blocks")
        def blocks(body: List[Message]) -> List[types.ContentBlock]:
            return body[0].content

        @app.post("/logs")
        def logs(log: Log, said: Annotated[Message, fastapi.Body()]) -> Log:
            return log

        print(send(app, "/reply", {"role": "user", "content": [{"type": "text", "text": "?"}]}) == (200, MESSAGE))
        print(send(app, "/reply", {"role": "user"})[0], send(app, "/reply", {"role": "user"})[1]["detail"][0]["loc"])
        print(send(app, "/blocks", [MESSAGE]) == (200, MESSAGE["content"]))
        print(send(app, "/logs", {"log": {"message": MESSAGE}, "said": MESSAGE}) == (200, {"message": MESSAGE}))
        print(send(app, "/logs", {"log": {"message": {}}, "said": MESSAGE})[1]["detail"][0]["loc"])
        document = send(app, "/openapi.json")[1]
        said = document["paths"]["/reply"]["post"]
        print(said["requestBody"]["content"]["application/json"]["schema"])
        print(said["responses"]["200"]["content"]["application/json"]["schema"])
        print({"Message", "MessageParam", "TextBlock", "ToolUseBlock"} <= set(document["components"]["schemas"]))
        """,
        """
        True
        422 ['body', 'content']
        True
        True
        ['body', 'log', 'message', 'id']
        {'$ref': '#/components/schemas/MessageParam'}
        {'$ref': '#/components/schemas/Message'}
        True
        """,
    ),
    Program(
        "types that hold each other, dates, wire names",
        """
        class Visit(pydantic.BaseModel):
            owner: Owner

        visit = Visit.model_validate_json(json.dumps({"owner": OWNER}))
        print(visit.owner.class_, visit.owner.since.year, type(visit.owner.pets[0].owner).__name__)
        print(visit.owner == owner)
        print(json.loads(visit.model_dump_json())["owner"] == OWNER, visit.model_dump()["owner"]["since"].year)
        print(Visit(owner={"name": "Ada", "pets": [], "class_": "gold"}).model_dump())
        schema = Visit.model_json_schema()
        print(*sorted(schema["$defs"]), "|", schema["$defs"]["Owner"]["properties"]["name"]["description"])
        print(schema["$defs"]["Owner"]["properties"]["class"]["anyOf"])
        print(*sorted(pydantic.TypeAdapter(types.Pet).json_schema()["discriminator"]["mapping"]))
        try:
            Visit(owner={**OWNER, "pets": [{"kind": "cat", "owner": {"pets": [{"kind": "dog", "tricks": "many"}]}}]})
        except pydantic.ValidationError as error:
            print([problem["loc"] for problem in error.errors()])
        """,
        """
        gold 2024 Owner
        True
        True 2024
        {'owner': {'name': 'Ada', 'class': 'gold', 'pets': []}}
        Cat Dog Owner | How the owner is called.
        [{'type': 'string'}, {'type': 'null'}]
        cat dog
        [('owner', 'pets', 0, 'cat', 'owner', 'name'), ('owner', 'pets', 0, 'cat', 'owner', 'pets', 0, 'dog', 'tricks')]
        """,
        "pets",
    ),
    Program(
        "types of requests that hold each other, and files",
        """
        body = pydantic.TypeAdapter(types.PetCreateParams)
        friends = [{"name": "Kim", "friends": [{"name": "Lee"}]}]
        data = {"name": "Tom", "friends": friends, "photo": io.BytesIO(b"photo")}
        print(body.validate_python(data) == data, body.json_schema()["properties"]["photo"]["type"])
        """,
        "True string\n",
        "pets",
    ),
]

OTHERS = [
    Program(
        "msgspec writes a model by `to_dict`",
        """
        text = msgspec.json.encode([message, newer], enc_hook=lambda model: model.to_dict())
        print(msgspec.json.decode(text)[0] == MESSAGE)
        print(msgspec.to_builtins(newer.content, enc_hook=lambda model: model.to_dict()))
        print(msgspec.convert({"text": "Hi", "type": "text"}, types.TextBlock))
        """,
        "True\n[{'type': 'later', 'q': [1]}]\nTextBlock(text='Hi', type='text')\n",
    ),
    Program(
        "cattrs: converters of users",
        """
        @attrs.define
        class Log:
            message: Message
            blocks: List[types.ContentBlock]

        converter = cattrs.Converter()
        log = converter.structure({"message": MESSAGE, "blocks": MESSAGE["content"]}, Log)
        print(log.message.content == log.blocks == message.content, type(log.message.usage).__name__)
        declared = {**MESSAGE, "stop_sequence": None, "usage": {"input_tokens": 1, "output_tokens": 2}}

        def holds(value, part):
            if isinstance(part, dict):
                return all(holds(value[key], inner) for key, inner in part.items())
            return all(map(holds, value, part)) if isinstance(part, list) else value == part

        found = converter.unstructure(log)
        part = {"message": declared, "blocks": MESSAGE["content"]}
        print(holds(found, part), "later_tokens" in found["message"]["usage"])
        print(converter.unstructure(newer)["content"])
        """,
        "True Usage\nTrue False\n[UnknownVariant(type='later', q=[1])]\n",
    ),
    Program(
        "attrs: what isn't declared is left where it is",
        """
        print(attrs.asdict(message)["content"] == MESSAGE["content"], attrs.asdict(newer)["content"])
        print([field.name for field in attrs.fields(types.Usage)][:2], attrs.fields(Message).usage.type.__name__)
        print(attrs.evolve(message, id="msg_2").id, attrs.has(Message), attrs.has(anthropic.UnknownVariant))
        """,
        """
        True [UnknownVariant(type='later', q=[1])]
        ['input_tokens', 'output_tokens'] Usage
        msg_2 True False
        """,
    ),
    Program(
        "cattrs and attrs with types that hold each other",
        """
        print(cattrs.structure({"kind": "dog", "tricks": 2}, types.Dog), attrs.fields(Owner).name.type)
        """,
        "Dog(kind='dog', tricks=2) <class 'str'>\n",
        "pets",
    ),
    Program(
        "rich, IPython and pprint show all there is",
        """
        class Usage(anthropic.BaseModel):
            input_tokens: int
            output_tokens: int

        usage = Usage.construct(input_tokens=1, output_tokens=2, later_tokens=3)
        print(rich.pretty.pretty_repr(newer.content + [usage], max_width=60))
        print(IPython.lib.pretty.pretty(usage, max_width=30))
        print(IPython.lib.pretty.pretty(newer.content[0]))
        pprint.pprint(usage, width=20)
        """,
        """
        [
            UnknownVariant(type='later', q=[1]),
            Usage(input_tokens=1, output_tokens=2, later_tokens=3)
        ]
        Usage(input_tokens=1,
              output_tokens=2,
              later_tokens=3)
        UnknownVariant(type='later', q=[1])
        Usage(input_tokens=1, output_tokens=2, later_tokens=3)
        """,
    ),
    Program(
        "IPython shows a model within itself",
        """
        message.later = message
        print(IPython.lib.pretty.pretty(message, max_width=1000).endswith("later=Message(...))"))
        """,
        "True\n",
    ),
    Program(
        "inspect.signature names the fields",
        """
        shown = str(inspect.signature(types.Usage))
        print(shown.startswith("(*, input_tokens: 'int', output_tokens: 'int', "))
        print(shown.endswith("**extra_data: 'Any') -> None"))
        names = list(inspect.signature(Message).parameters)
        print(names[:8], names[-1])

        class Mine(types.Usage):
            price: float = 0.5

        class Odd(types.Usage):
            def __init__(self, total):
                super().__init__(input_tokens=total, output_tokens=0)

        print(inspect.signature(Mine).parameters["price"].default, inspect.signature(Odd))
        """,
        """
        True
        True
        ['id', 'content', 'model', 'role', 'stop_reason', 'stop_sequence', 'type', 'usage'] extra_data
        0.5 (total)
        """,
    ),
    Program(
        "help() has the documentation of the fields, and no internals",
        """
        shown = pydoc.plain(pydoc.render_doc(Message))
        print(shown.splitlines()[2])
        print(re.search(r"stop_sequence\\n.*\\n", shown).group())
        print(re.findall(r"__(?:model|wire|attrs|extra|hidden|scope|readers|plan|private|slots|pydantic)\\w*", shown))
        attrs.fields(Message)
        print([name for name in dir(Message) + dir(message) if name.startswith("__") and not hasattr(object, name)])
        print(inspect.getdoc(types.Usage.input_tokens))
        """,
        """
        class Message(anthropic.BaseModel)
        stop_sequence
         |      The one of the `stop_sequences` that the model wrote, if any.

        []
        ['__copy__', '__deepcopy__', '__iter__', '__replace__', '__copy__', '__deepcopy__', '__iter__', '__replace__']
        The number of tokens that were read.
        """,
    ),
    Program(
        "a class has the documentation of the fields that it inherits",
        """
        class Old(Owner):
            age: int

        print(re.search(r"name\\n.*\\n", pydoc.plain(pydoc.render_doc(Old))).group())
        print(inspect.signature(Old).parameters["class_"])
        """,
        "name\n |      How the owner is called.\nclass_: 'Optional[str]' = None\n",
        "pets",
    ),
]

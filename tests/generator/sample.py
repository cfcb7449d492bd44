"""A small SDK, built by hand: what `lower` would make, for tests of printing."""

from __future__ import annotations

from sdkloom.ir.api import Api, Provenance
from sdkloom.ir.definitions import (
    Alias,
    Definition,
    Field,
    Model,
    Params,
    TaggedUnion,
    TypeModule,
    TypePackage,
    Variant,
)
from sdkloom.ir.package import Package
from sdkloom.ir.resources import (
    BodyKind,
    Client,
    Constant,
    Credential,
    DeprecatedValues,
    Example,
    JsonMapping,
    Method,
    MethodParam,
    ParamLocation,
    Resource,
    StreamEvents,
    Streaming,
)
from sdkloom.ir.types import (
    IterableType,
    ListType,
    LiteralType,
    NamedType,
    OptionalType,
    Primitive,
    Scalar,
    TypeExpr,
    TypeName,
    UnionType,
)

TYPES = ("types",)
STR = Scalar(Primitive.STR)
INT = Scalar(Primitive.INT)


def name(name: str, module: str, package: tuple[str, ...] = TYPES) -> TypeName:
    return TypeName(package=package, module=module, name=name)


TEXT_BLOCK = name("TextBlock", "text_block")
TOOL_BLOCK = name("ToolBlock", "tool_block")
BLOCK = name("Block", "block")
MESSAGE = name("Message", "message")
MESSAGE_PARAM = name("MessageParam", "message_param")
EVENT = name("Event", "event")
PARAMS = "message_create_params"


def field(
    name: str, type: TypeExpr, *, required: bool = True, doc: str | None = None, wire: str | None = None
) -> Field:
    return Field(name=name, wire_name=wire or name, type=type, required=required, doc=doc)


def module(name: str, *definitions: Definition, package: tuple[str, ...] = TYPES) -> TypeModule:
    exports = tuple(found.name.name for found in definitions if found.name.name != "MessageCreateParams")
    return TypeModule(package=package, name=name, definitions=definitions, exports=exports)


def type_modules() -> tuple[TypeModule, ...]:
    return (*response_modules(), *params_modules())


def response_modules() -> tuple[TypeModule, ...]:
    text = Model(
        name=TEXT_BLOCK, snake_name="text_block", fields=(field("text", STR), field("type", LiteralType(("text",))))
    )
    tool = Model(
        name=TOOL_BLOCK, snake_name="tool_block", fields=(field("id", STR), field("type", LiteralType(("tool",))))
    )
    block = TaggedUnion(
        name=BLOCK,
        snake_name="block",
        property_name="type",
        variants=(Variant(tags=("text",), type=TEXT_BLOCK), Variant(tags=("tool",), type=TOOL_BLOCK)),
    )
    message = Model(
        name=MESSAGE,
        snake_name="message",
        doc="A response.",
        fields=(
            field("id", STR, doc="Unique id."),
            field("content", ListType(NamedType(BLOCK))),
            field("stop_reason", OptionalType(LiteralType(("end", "max"))), required=False),
            field("class_", STR, required=False, wire="class"),
        ),
    )
    event = Model(
        name=EVENT,
        snake_name="event",
        fields=(field("message", NamedType(MESSAGE)), field("type", LiteralType(("start",)))),
    )
    return (
        module("block", block),
        module("event", event),
        module("message", message),
        module("text_block", text),
        module("tool_block", tool),
    )


def params_modules() -> tuple[TypeModule, ...]:
    message_param = Params(name=MESSAGE_PARAM, fields=(field("content", STR), field("role", LiteralType(("user",)))))
    base = Params(
        name=name("MessageCreateParamsBase", PARAMS),
        fields=(
            field("max_tokens", INT, doc="How many."),
            field("messages", IterableType(NamedType(MESSAGE_PARAM))),
            field("metadata", NamedType(name("Metadata", PARAMS)), required=False),
        ),
    )
    metadata = Params(name=name("Metadata", PARAMS), fields=(field("user_id", OptionalType(STR), required=False),))
    calm = Params(
        name=name("MessageCreateParamsNonStreaming", PARAMS),
        base=base.name,
        fields=(field("stream", LiteralType((False,)), required=False),),
    )
    streaming = Params(
        name=name("MessageCreateParamsStreaming", PARAMS),
        base=base.name,
        fields=(field("stream", LiteralType((True,))),),
    )
    both = Alias(
        name=name("MessageCreateParams", PARAMS),
        type=UnionType((NamedType(calm.name), NamedType(streaming.name))),
    )
    return (module(PARAMS, base, metadata, calm, streaming, both), module("message_param", message_param))


def create() -> Method:
    def param(name: str, type: TypeExpr, *, required: bool = False, doc: str | None = None) -> MethodParam:
        return MethodParam(
            name=name, wire_name=name, location=ParamLocation.BODY, type=type, required=required, doc=doc
        )

    return Method(
        name="create",
        verb="POST",
        path="/v1/messages",
        params=(
            param("max_tokens", INT, required=True, doc="How many."),
            param("messages", IterableType(NamedType(MESSAGE_PARAM)), required=True),
            param("model", STR, required=True),
            param("metadata", NamedType(name("Metadata", PARAMS))),
            param("temperature", Scalar(Primitive.FLOAT)),
        ),
        streaming=Streaming(param="stream", wire_name="stream", item=NamedType(EVENT), doc="Whether to stream."),
        streaming_position=4,
        body=BodyKind.JSON,
        response=NamedType(MESSAGE),
        params_type=name("MessageCreateParams", PARAMS),
        headers=(("x-beta", "1"),),
        deprecated_values=DeprecatedValues(
            param="model", constant="OLD_MODELS", values=(("m-1", "May"),), message="'{value}' ends in {date}."
        ),
        doc="Create a message.",
    )


def package() -> Package:
    return Package(
        distribution="acme-sdk",
        import_name="acme",
        version="1.2.3",
        title="acme",
        description="Python client for the Acme API",
        license="MIT",
        base_error="AcmeError",
    )


def client() -> Client:
    return Client(
        class_name="Acme",
        async_class_name="AsyncAcme",
        base_url="https://api.acme.test",
        base_url_env="ACME_BASE_URL",
        credentials=(Credential(option="api_key", env="ACME_API_KEY", header="X-Api-Key"),),
        headers=(("acme-version", "1"),),
        stream_events=StreamEvents(items=("start",), skipped=("ping",), error="error", terminal=("stop",)),
        constants=(Constant(name="GREETING", value="\n\nHi:", doc="How a turn begins."),),
    )


def example() -> Example:
    hello = JsonMapping((("role", "user"), ("content", "Hello")))
    return Example(
        resource=("beta", "messages"),
        method="create",
        arguments=(("max_tokens", 1024), ("messages", (hello,)), ("model", "m-2")),
        output="message.content",
    )


def api() -> Api:
    messages = Resource(
        path=("beta", "messages"), class_name="Messages", methods=(create(),), listed_types=("Block", "Message")
    )
    exports = (BLOCK, EVENT, MESSAGE, name("MessageCreateParams", PARAMS), MESSAGE_PARAM, TEXT_BLOCK, TOOL_BLOCK)
    return Api(
        package=package(),
        client=client(),
        resources=(Resource(path=("beta",), class_name="Beta", children=(messages,)),),
        type_modules=type_modules(),
        type_packages=(TypePackage(path=TYPES, exports=exports),),
        provenance=Provenance(
            spec_file="acme.yaml",
            config_file="sdk.yaml",
            spec_hash="sha256:0",
            config_hash="sha256:1",
            openapi_version="3.1.0",
        ),
        example=example(),
    )

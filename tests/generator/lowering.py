"""Lowers small documents for tests and shows the result as compact text."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

import attrs

from sdkloom.diagnostics.model import DiagnosticSink
from sdkloom.document.config import SdkConfig
from sdkloom.document.config_read import parse_config
from sdkloom.document.lock import NO_LOCK, parse_lock
from sdkloom.document.parse import parse_document
from sdkloom.ir.api import Api
from sdkloom.ir.definitions import Alias, Definition, Field, Model, Params, TaggedUnion, TypeModule
from sdkloom.ir.resources import Method, Resource
from sdkloom.ir.types import (
    DictType,
    IterableType,
    ListType,
    LiteralType,
    NamedType,
    OptionalType,
    Scalar,
    TypeExpr,
    UnionType,
)
from sdkloom.ir.walk import all_resources
from sdkloom.lower import lower

HEAD = 'openapi: 3.2.0\ninfo: {title: Pets, version: "1"}\nservers: [{url: "https://api.pets.example"}]\n'
PACKAGE = "package: {distribution: pets}\n"


@attrs.frozen
class Lowered:
    api: Api | None
    sink: DiagnosticSink

    @property
    def codes(self) -> list[str]:
        return [diagnostic.code for diagnostic in self.sink.diagnostics]

    @property
    def ok(self) -> Api:
        assert self.api is not None, self.sink.diagnostics
        return self.api

    def module(self, name: str) -> list[str]:
        """The definitions of a type module, one line for each definition and each field."""
        return [line for module in self.ok.type_modules if module.name == name for line in show_module(module)]

    def module_names(self) -> list[str]:
        return [module.name for module in self.ok.type_modules]

    def type_module(self, name: str) -> TypeModule:
        return next(module for module in self.ok.type_modules if module.name == name)

    def resource(self, *path: str) -> Resource:
        return next(resource for resource in all_resources(self.ok.resources) if resource.path == path)

    def method(self, path: str) -> Method:
        *resource, name = path.split(".")
        return next(method for method in self.resource(*resource).methods if method.name == name)

    def signature(self, path: str) -> str:
        """`(id: str, *, limit: int = …) -> Pet`: every parameter with its place."""
        method = self.method(path)
        params = [
            f"{param.location.value} {param.name}{'' if param.required else '?'}: {show(param.type)}"
            for param in method.params
        ]
        return f"({', '.join(params)}) -> {show(method.response)}"


def lower_text(spec: str, config: str | None = None, head: str = HEAD, lock: str | None = None) -> Lowered:
    """Parse and lower `spec`; without `config`, resources are derived."""
    return lower_files({"spec.yaml": head + textwrap.dedent(spec)}, config, lock)


def lower_files(files: Mapping[str, str], config: str | None = None, lock: str | None = None) -> Lowered:
    """Parse and lower `spec.yaml` with the files that it refers to; keep the names of `lock`, a text of names.lock."""
    sink = DiagnosticSink()
    document = parse_document("spec.yaml", files.__getitem__, sink)
    names_lock = NO_LOCK if lock is None else parse_lock("names.lock", lock, sink)
    assert document is not None and names_lock is not None, sink.diagnostics
    if config is None:
        sdk_config: SdkConfig | None = SdkConfig.default_for(document)
    else:
        sdk_config = parse_config("sdk.yaml", PACKAGE + textwrap.dedent(config), sink, document)
    assert sdk_config is not None, sink.diagnostics
    return Lowered(lower(document, sdk_config, sink, names_lock), sink)


def response(schemas: str, root: str = "Pet") -> Lowered:
    """A document with one GET whose response is `root`."""
    return lower_text(_GET.format(root=root) + textwrap.indent(textwrap.dedent(schemas), "    "))


def request(schemas: str, body: str = '{$ref: "#/components/schemas/Pet"}') -> Lowered:
    """A document with one POST whose body has a property `pet`."""
    return lower_text(_POST.format(body=body) + textwrap.indent(textwrap.dedent(schemas), "    "))


_GET = """
paths:
  /pets:
    get:
      responses:
        "200":
          description: Pets.
          content:
            application/json:
              schema: {{$ref: "#/components/schemas/{root}"}}
components:
  schemas:
"""

_POST = """
paths:
  /pets:
    post:
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [pet]
              properties:
                pet: {body}
      responses:
        "204": {{description: Done.}}
components:
  schemas:
"""


def show(expr: TypeExpr) -> str:
    match expr:
        case Scalar(primitive):
            return primitive.value
        case LiteralType(values):
            return f"Literal[{', '.join(repr(value) for value in values)}]"
        case ListType(item):
            return f"List[{show(item)}]"
        case IterableType(item):
            return f"Iterable[{show(item)}]"
        case DictType(value):
            return f"Dict[{show(value)}]"
        case OptionalType(inner):
            return f"Optional[{show(inner)}]"
        case UnionType(members):
            return f"Union[{', '.join(show(member) for member in members)}]"
        case NamedType(name):
            return name.name
        case _:
            return type(expr).__name__


def show_module(module: TypeModule) -> list[str]:
    return [line for definition in module.definitions for line in show_definition(definition)]


def show_definition(definition: Definition) -> list[str]:
    match definition:
        case Alias():
            return [f"{definition.name.name} = {show(definition.type)}"]
        case TaggedUnion():
            tags = [
                f"{'|'.join(str(tag) for tag in variant.tags)}: {variant.type.name}" for variant in definition.variants
            ]
            kind = "explicit" if definition.explicit else "tagged"
            return [f"{definition.name.name} = {kind} {definition.property_name} {{{', '.join(tags)}}}"]
        case Model():
            return [f"model {definition.name.name}", *(show_field(field) for field in definition.fields)]
        case Params():
            base = f"({definition.base.name})" if definition.base else ""
            return [f"params {definition.name.name}{base}", *(show_field(field) for field in definition.fields)]


def show_field(field: Field) -> str:
    wire = "" if field.name == field.wire_name else f" ({field.wire_name})"
    default = "" if field.default is None else f" = {field.default!r}"
    return f"  {field.name}{'' if field.required else '?'}{wire}: {show(field.type)}{default}"

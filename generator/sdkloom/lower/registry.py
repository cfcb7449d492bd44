"""Names and places of the types of named schemas, and the list of those that are still to be built."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from ..diagnostics import catalog
from ..diagnostics.model import DiagnosticSink, Related
from ..document.model import NamedSchema
from ..ir.types import TypeName
from ..source.span import Span
from . import names
from .forms import Form
from .usage import Usage

TYPES = ("types",)


@attrs.frozen(kw_only=True)
class TypeRules:
    """What sdk.yaml says about the types of schemas."""

    packages: Mapping[str, tuple[str, ...]]
    """The package of a schema's types, where a resource claims it."""
    renamed: Mapping[str, str]
    answer_only: frozenset[str]
    """Schemas that requests take in the form of answers."""


class Registry:
    """Every type is asked for here, which also queues it for building."""

    def __init__(self, rules: TypeRules, usage: Usage, schemas: Iterable[str], sink: DiagnosticSink) -> None:
        self._rules = rules
        self._usage = usage
        self._sink = sink
        self._base_names = frozenset(self.base_name(schema) for schema in schemas)
        self._names: dict[tuple[str, Form], TypeName] = {}
        self._pending: list[tuple[NamedSchema, Form, TypeName]] = []
        self._modules: dict[tuple[tuple[str, ...], str], tuple[str, Span]] = {}

    def type_of(self, named: NamedSchema, form: Form) -> TypeName:
        """The name of the type of `named` in `form`."""
        if named.name in self._rules.answer_only:
            form = Form.ANSWER
        known = self._names.get((named.name, form))
        if known is None:
            known = self._names[named.name, form] = self._make(named, form)
        return known

    def take(self) -> tuple[NamedSchema, Form, TypeName] | None:
        """The next type to build."""
        return self._pending.pop() if self._pending else None

    def claim_module(self, name: TypeName, what: str, span: Span) -> bool:
        """Reserve the module of `name`; an error if another type has it already."""
        key = (name.package, name.module)
        taken = self._modules.setdefault(key, (what, span))
        if taken == (what, span):
            return True
        related = [Related(message=f"the place of {taken[0]}", span=taken[1])]
        self._sink.report(catalog.NAME_TAKEN, span, related=related, what=what, name=name.name, other=taken[0])
        return False

    def check_package(self, path: tuple[str, ...]) -> None:
        """An error if a type's module stands where the package `path` must be."""
        taken = self._modules.get((path[:-1], path[-1]))
        if taken is not None:
            what, span = taken
            package = ".".join(path)
            self._sink.report(catalog.NAME_TAKEN, span, what=what, name=package, other=f"the package `{package}`")

    def base_name(self, schema: str) -> str:
        """The Python name of a schema, without a suffix for its form."""
        return self._rules.renamed.get(schema) or names.type_name(schema)

    def _request_name(self, schema: str, base: str) -> str:
        """`ToolParam` for `Tool`; `ToolRequest` if a schema is called `ToolParam`. `TextParam` stays, unless there is
        a form for answers of that name."""
        if base.endswith("Param") and schema not in self._usage.answers:
            return base
        return base + ("Request" if base + "Param" in self._base_names else "Param")

    def is_built(self, schema: str) -> bool:
        """Whether the schema has become a type."""
        return any((schema, form) in self._names for form in Form)

    def by_schema(self) -> dict[str, TypeName]:
        """The type of each schema that has one; that of answers if it has two."""
        forms = (Form.REQUEST, Form.ANSWER)
        return {schema: name for form in forms for (schema, of), name in self._names.items() if of is form}

    def _make(self, named: NamedSchema, form: Form) -> TypeName:
        base = self.base_name(named.name)
        if not base:
            self._sink.report(catalog.NO_NAME, named.span, what=f"the schema `{named.name}`")
            base = "Unnamed"
        if form is Form.REQUEST:
            base = self._request_name(named.name, base)
        package = self._rules.packages.get(named.name, TYPES)
        name = TypeName(package=package, module=names.module_name(base), name=base)
        if self.claim_module(name, f"the schema `{named.name}` ({form.value})", named.span):
            self._pending.append((named, form, name))
        return name

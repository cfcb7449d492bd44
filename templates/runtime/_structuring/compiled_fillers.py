"""Constructors written out: a function for each class that takes what is exactly as declared.

Everything else (conversions, undeclared keys, subclasses of `dict`, whatever is wrong) is unfit: the validators of
`strict` decide about the whole again. Both make the same of what fits.
"""

from __future__ import annotations

from typing import (
    Any,
    Callable,
    Dict,
    List,
    Literal,
    Mapping,
    NamedTuple,
    NoReturn,
    Optional,
    get_args,
    get_origin,
)

from .annotations import ARRAYS, MAPPINGS, discriminator_of, is_union, resolved, unwrap, variants_of
from .fields import Discriminator, Scope
from .hooks import Unfit, has_users_hooks
from .model_meta import ModelMeta, by_wire_name, fields_of, new_instance
from .straight_line import compile_function, reads_as_attribute

_SCALARS: Dict[Any, str] = {
    **{cls: cls.__name__ for cls in (str, int, float, bool)},
    **dict.fromkeys((None, type(None)), "NoneType"),
}
Filler = Callable[[Any, Any], None]
"""Puts the values of a dict, by name, into an empty model."""

_Source = Callable[[str], str]
"""Writes source for the variable of that name."""


class _Case(NamedTuple):
    """Values of one kind: when one is met, and what becomes of it."""

    kind: str
    """Cases of a union exclude each other if their kinds differ. The empty kind is any value."""

    condition: _Source
    value: _Source = str


def make_filler(cls: Any, fillers: Mapping[type, Filler]) -> Filler:
    """Return the filler of a model class. `fillers` has those of the models in it.

    Where a type has no check here, everything is unfit.

    That of `Usage`:

        def fill_Usage(model, data):
            count = len(data) if type(data) is dict else unfit()
            v0 = data["input_tokens"]
            v0 = v0 if type(v0) is int else unfit()
            v1 = data["output_tokens"]
            v1 = v1 if type(v1) is int else unfit()
            if count != 2:
                unfit()
            set0(model, v0)
            set1(model, v1)
            set_extra(model, None)
    """
    writer = _Writer(fillers)
    names, fields = writer.names, fields_of(cls)
    names.update(cls=cls, by_wire_name=by_wire_name, set_extra=cls.__extra__.__set__)
    lines = ["count = len(data) if type(data) is dict else unfit()"]
    if cls.__wire_names__:
        lines.insert(0, "data = by_wire_name(cls, data)")
    stores: List[str] = []
    for number, info in enumerate(fields.values()):
        cases = writer.cases(info.annotation, info.scope)
        if cases is None or not reads_as_attribute(cls, info) or has_users_hooks() or "<locals>" in cls.__qualname__:
            return _unfit
        variable, key = f"v{number}", repr(info.wire_name)
        slot: Any = info.get
        names[f"set{number}"] = slot.__self__.__set__
        read = [f"{variable} = data[{key}]", f"{variable} = {_chosen(cases, variable)}"]
        store = f"set{number}(model, {variable})"
        if info.is_required():
            lines += read
            stores.append(store)
        else:
            read = [f"    {line}" for line in (*read, store)]
            lines += [f"if {key} in data:", *read, "else:", "    count += 1"]
    lines += [f"if count != {len(fields)}:", "    unfit()", *stores, "set_extra(model, None)"]
    filler: Filler = compile_function(f"fill_{cls.__name__}", "model, data", lines, names)
    return filler


def _unfit(*_: object) -> NoReturn:
    raise Unfit


def _chosen(cases: List[_Case], variable: str) -> str:
    """The expression that has the value of the case that is met."""
    chain = "".join(f"{case.value(variable)} if {case.condition(variable)} else " for case in cases if case.kind)
    return f"({chain}{'unfit()' if all(case.kind for case in cases) else variable})"


class _Writer:
    """Writes cases, and keeps what they need in `names`."""

    def __init__(self, fillers: Mapping[type, Filler]) -> None:
        def made(cls: Any, data: Dict[str, Any]) -> Any:
            model: object = new_instance(cls)
            fillers[cls](model, data)
            return model

        self.names: Dict[str, Any] = {"unfit": _unfit, "made": made, "NoneType": type(None)}

    def _name(self, value: object) -> str:
        name = f"c{len(self.names)}"
        self.names[name] = value
        return name

    def cases(self, type_: Any, scope: Scope) -> Optional[List[_Case]]:
        """Return the cases of a type, or `None` if the validators of `strict` have to look at its values."""
        type_ = resolved(type_, scope)
        discriminator = discriminator_of(type_)
        type_ = unwrap(type_)
        if type_ is Any or type_ is object:
            return [_Case("", str)]
        if is_union(type_):
            return self._union([resolved(member, scope) for member in get_args(type_)], discriminator, scope)
        if isinstance(type_, ModelMeta):
            return self._model(self._name(type_), self._name(type_))
        if isinstance(type_, type) and type_ in _SCALARS or type_ is None:
            return [_of_class(_SCALARS[type_])]
        origin, arguments = get_origin(type_) or type_, get_args(type_)
        if origin is Literal and all(type(value) is str for value in arguments):
            values = self._name(frozenset(arguments))
            return [_Case("str", f"type({{0}}) is str and {{0}} in {values}".format)]
        if origin in ARRAYS:
            return self._items("list", "[{} for item in {}]", arguments[0] if arguments else Any, scope)
        if origin in MAPPINGS:
            value = arguments[1] if len(arguments) == 2 else Any
            return self._items("dict", "{{key: {} for key, item in {}.items()}}", value, scope)
        return None

    def _items(self, kind: str, source: str, item: Any, scope: Scope) -> Optional[List[_Case]]:
        cases = self.cases(item, scope)
        if cases is None:
            return None
        if not cases[0].kind:
            return [_of_class(kind, lambda variable: f"{kind}({variable})")]
        return [_of_class(kind, lambda variable: source.format(_chosen(cases, "item"), variable))]

    def _model(self, classes: str, cls: str) -> List[_Case]:
        """Data of a model, and models. `cls` is the source of the class that data makes."""
        return [
            _of_class("dict", lambda variable: f"made({cls.format(variable)}, {variable})"),
            _Case(classes, f"isinstance({{0}}, {classes})".format),
        ]

    def _union(self, members: List[Any], discriminator: Optional[Discriminator], scope: Scope) -> Optional[List[_Case]]:
        variants = [member for member in members if member is not type(None)]
        null = [_of_class("NoneType")] if len(variants) < len(members) else []
        if discriminator is not None:
            tags = variants_of(variants, discriminator)
            if not all(type(tag) is str for tag in tags):
                return None
            tag = f"{self._name(tags)}[{{0}}[{discriminator.property_name!r}]]"
            return [*self._model(self._name(tuple(tags.values())), tag), *null]
        if str in variants:  # an enum that is open: the literals say nothing
            variants = [member for member in variants if get_origin(member) is not Literal]
        cases = null
        for variant in variants:
            of_variant = self.cases(variant, scope)
            if of_variant is None or not of_variant[0].kind:
                return None
            cases += of_variant
        kinds = [case.kind for case in cases]
        return [case for case in cases if kinds.count(case.kind) == 1]


def _of_class(name: str, value: _Source = str) -> _Case:
    return _Case(name, f"type({{0}}) is {name}".format, value)

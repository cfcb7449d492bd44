"""From JSON to models: the tables of hooks, and what generated hooks are made of.

A hook takes a value and the table it stands in: `hook(data, hooks)`. `LENIENT` never raises and keeps what does not
fit; `STRICT` raises `ValidationError`. Which of the two is used is decided in `structure` and nowhere else.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any, Callable, Dict, FrozenSet, List, Mapping, Optional, Tuple, Type, TypeVar

from ._fields import MISSING
from ._model_meta import ModelMeta
from ._model_meta import bare as bare
from ._type_shapes import is_dict, is_list

if TYPE_CHECKING:
    from ._errors import ValidationError as ValidationError

T = TypeVar("T")
Hook = Callable[[Any, "Hooks"], Any]

MISFIT = (AttributeError, KeyError, TypeError)
"""What a structure hook meets when the data is not as declared."""

GENERATED: Dict[type, Hook] = {}
"""The hooks of `_converters`, as far as those modules were needed."""

_PACKAGE = __name__.rpartition(".")[0]
_EPOCH: List[object] = [object()]
_COMPILED: Dict[Any, Hook] = {}

if TYPE_CHECKING:

    def new(cls: Type[T]) -> T: ...
else:
    new = object.__new__


class Hooks(Dict[type, Hook]):
    """Class → hook. A missing one is made at its first use. Classes made in functions are not held."""

    __slots__ = ("make",)

    def __init__(self, make: Callable[[type], Hook]) -> None:
        super().__init__()
        self.make = make

    def __missing__(self, cls: type) -> Hook:
        hook = self.make(cls)
        if "<locals>" not in cls.__qualname__:
            self[cls] = hook
        return hook


class _ByTag(Dict[Any, Hook]):
    """Tag → hook in `LENIENT`, for arrays of a union. An unknown tag is a KeyError."""

    __slots__ = ("epoch", "property_name", "variants")

    def __init__(self, property_name: str, variants: Mapping[Any, type]) -> None:
        super().__init__()
        self.property_name = property_name
        self.variants = variants
        self.epoch = epoch()

    def __missing__(self, tag: Any) -> Hook:
        hook = self[tag] = LENIENT[self.variants[tag]]
        return hook

    def current(self) -> _ByTag:
        """Without what was true before a user registered a hook."""
        if self.epoch is not epoch():
            self.clear()
            self.epoch = epoch()
        return self


def structures(cls: type) -> Callable[[Hook], Hook]:
    """Marks the generated structure hook of a class."""

    def register(hook: Hook) -> Hook:
        GENERATED[cls] = hook
        return hook

    return register


def generated_hook(cls: type) -> Optional[Hook]:
    """The hook that the generator wrote for a class of `types/`, from the mirrored module of `_converters/`."""
    if cls not in GENERATED:
        load_converters(cls)
    return GENERATED.get(cls)


def load_converters(cls: type) -> None:
    """Imports the module of `_converters/` that mirrors the class's own module below `types/`."""
    below = cls.__module__.partition(f"{_PACKAGE}.types.")
    if below[0] or not below[1]:
        return
    name = f"{_PACKAGE}._converters.{below[2]}"
    try:
        import_module(name)
    except ModuleNotFoundError as error:
        if error.name is None or not name.startswith(error.name):
            raise


def _make_lenient(cls: type) -> Hook:
    custom = custom_hook(cls)
    return custom or default_hook(cls)


def _make_strict(cls: type) -> Hook:
    from ._validate import model_validator
    from ._validators import guarded

    custom = custom_hook(cls)
    return guarded(custom) if custom else model_validator(cls)


def default_hook(cls: type) -> Hook:
    """The hook of a model class without what users registered for this very class."""
    from ._loose import model_hook

    hook = None if _custom_types() else generated_hook(cls)
    return hook or model_hook(cls)


def custom_hook(type_: Any) -> Optional[Hook]:
    """The hook that a user registered on `converter`, if anybody did."""
    module = sys.modules.get(f"{_PACKAGE}._converter")
    return module.custom_structure_hook(type_) if module else None


def _custom_types() -> bool:
    """Whether users registered hooks for types that are no models: generated hooks do not ask for those."""
    module = sys.modules.get(f"{_PACKAGE}._converter")
    return bool(module and module.has_custom_types())


def is_customized(*classes: type) -> bool:
    """Whether hooks of users have a part in building these classes, or may have one."""
    return _custom_types() or any(custom_hook(cls) is not None for cls in classes)


LENIENT = Hooks(_make_lenient)
STRICT = Hooks(_make_strict)
EXACT = Hooks(_make_strict)
"""Like `STRICT`, but nothing is converted: the first look at the variants of an untagged union."""
OWN = Hooks(default_hook)
"""What `construct` starts with: a hook that a user registered for a class may call the class's `construct`."""
_SHALLOW = Hooks(lambda cls: lambda data, hooks: data)


def epoch() -> object:
    """Changes when a user registers a hook: what was made from annotations before is stale."""
    return _EPOCH[0]


def forget_hooks() -> None:
    """After a user registered a hook: every table is filled anew."""
    _EPOCH[0] = object()
    for table in (LENIENT, STRICT, EXACT, OWN, _COMPILED):
        table.clear()


def structure(value: Any, type_: Any, *, strict: bool = False) -> Any:
    """`value` (decoded JSON) as `type_`: a model, a union, `List[...]`, `Dict[...]`, a date, a scalar.

    Lenient: never raises; what does not fit is kept as it is. Strict: raises `ValidationError`.
    """
    if strict:
        from ._validate import validate

        return validate(value, type_)
    hook = LENIENT[type_] if isinstance(type_, ModelMeta) else _compiled(type_)
    try:
        return hook(value, LENIENT)
    except RecursionError:
        return hook(value, _SHALLOW) if not isinstance(type_, ModelMeta) else _build_shallow(type_, value)


def structurer(type_: Any, *, strict: bool = False) -> Tuple[Hook, Hooks]:
    """What `structure` calls for this type, for callers with many values: `hook(value, hooks)`."""
    if strict:
        return lambda value, hooks: structure(value, type_, strict=True), STRICT
    return LENIENT[type_] if isinstance(type_, ModelMeta) else _compiled(type_), LENIENT


def build(cls: type, values: Mapping[str, Any]) -> Any:
    """A model from values by wire name, leniently."""
    try:
        return OWN[cls](values, LENIENT)
    except RecursionError:
        return _build_shallow(cls, values)


def _build_shallow(cls: type, value: Any) -> Any:
    """For data that is nested too deeply for the interpreter: the parts stay plain."""
    return structure_loosely(cls, value, _SHALLOW)


def _compiled(type_: Any) -> Hook:
    from ._loose import compile_type

    try:
        hook = _COMPILED.get(type_)
        if hook is None:
            hook = _COMPILED[type_] = compile_type(type_)
    except TypeError:  # unhashable metadata
        return compile_type(type_)
    return hook


# What generated hooks are made of


def structure_loosely(cls: type, data: Any, hooks: Hooks) -> Any:
    """A model from whatever came, field by field from the annotations."""
    from ._loose import build_loosely

    return build_loosely(cls, data, hooks)


def extra(data: Dict[str, Any], fields: FrozenSet[str]) -> Optional[Dict[str, Any]]:
    """The undeclared keys of an object."""
    if data.keys() <= fields:
        return None
    return {key: data[key] for key in data if key not in fields}


def tagged(property_name: str, variants: Mapping[Any, type]) -> Hook:
    """The hook of a union with a discriminator. An unknown or missing tag gives an `UnknownVariant`."""

    def structure_variant(data: Any, hooks: Hooks) -> Any:
        try:
            variant = variants[data[property_name]]
        except MISFIT:
            return _unknown_variant(data, structure_variant, hooks)
        return hooks[variant](data, hooks)

    vars(structure_variant)["by_tag"] = _ByTag(property_name, variants)
    return structure_variant


def _unknown_variant(data: object, hook: Hook, hooks: Hooks) -> Any:
    if is_list(data):  # an array where an object was expected: its objects are built
        return [hook(item, hooks) if isinstance(item, dict) else item for item in data]
    if not isinstance(data, dict):
        return data
    from ._models import UnknownVariant

    return structure_loosely(UnknownVariant, data, hooks)


def array(data: object, hook: Hook, hooks: Hooks) -> Any:
    """`List[X]`: each element by the hook of X."""
    if not is_list(data):
        return data
    by_tag: Optional[_ByTag] = getattr(hook, "by_tag", None)
    if by_tag is not None and hooks is LENIENT:
        by_tag, tag = by_tag.current(), by_tag.property_name
        try:  # the usual case, with one call less per element
            return [by_tag[item[tag]](item, hooks) for item in data]
        except MISFIT:
            pass
    return [hook(item, hooks) for item in data]


def mapping(data: object, hook: Hook, hooks: Hooks) -> Any:
    """`Dict[str, X]`: each value by the hook of X."""
    if is_dict(data):
        return {key: hook(value, hooks) for key, value in data.items()}
    return data


def shallow(data: object) -> Any:
    """A list or dict of scalars: the container is the model's own."""
    if is_list(data):
        return list(data)
    if is_dict(data):
        return dict(data)
    return data


def default(value: Any, fallback: Any) -> Any:
    """A field with a default that is not `None`: `null` means the default."""
    return fallback if value is None else value


def number(data: Any) -> Any:
    """`float`: an int becomes a float if nothing is lost."""
    if type(data) is int:
        try:
            converted = float(data)
        except OverflowError:
            return data
        return converted if converted == data else data
    return data


def moment(data: Any) -> Any:
    """`datetime`: parsed if it can be."""
    from ._dates import parse_datetime

    parsed = parse_datetime(data)
    return data if parsed is None else parsed


def day(data: Any) -> Any:
    """`date`: parsed if it can be."""
    from ._dates import parse_date

    parsed = parse_date(data)
    return data if parsed is None else parsed


def number_hook(data: Any, hooks: Hooks) -> Any:
    """`number` as an element's hook."""
    return number(data)


def moment_hook(data: Any, hooks: Hooks) -> Any:
    """`moment` as an element's hook."""
    return moment(data)


def day_hook(data: Any, hooks: Hooks) -> Any:
    """`day` as an element's hook."""
    return day(data)


def typed(annotation: Callable[[], Any]) -> Hook:
    """The hook of any annotation, made at its first use."""
    hook: Any = MISSING

    def structure_typed(data: Any, hooks: Hooks) -> Any:
        nonlocal hook
        if hook is MISSING:
            from ._loose import compile_type

            hook = compile_type(annotation())
        return hook(data, hooks)

    return structure_typed


if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        if name == "ValidationError":
            from ._errors import ValidationError

            return ValidationError
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

"""Tables of structure hooks, and where hooks come from: the generator, users, annotations.

A structure hook takes a value and the table it stands in: `hook(data, hooks)`. How strictly data is read is a matter of
the table: `_lenient.LENIENT` keeps what does not fit, `_strict.STRICT` raises `ValidationError`.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any, Callable, ClassVar, Dict, List, Mapping, Optional, Tuple, get_args, get_origin

from .._public import PACKAGE
from .annotations import LISTS, MAPPINGS, NOWHERE, discriminator_of, is_union, known, unwrap, variants_of
from .fields import UNRESOLVED, Discriminator, Scope
from .model_meta import ModelMeta

Hook = Callable[[Any, "Hooks"], Any]

GENERATED: Dict[type, Hook] = {}
"""The hooks of `_converters`, as far as those modules were needed."""

TABLES: List[Hooks] = []
"""Every table: what users register changes them all."""

_HOOKS_VERSION: List[object] = [object()]


def keep(data: Any, hooks: Hooks) -> Any:
    """The hook of everything that is kept as it comes."""
    return data


class Hooks(Dict[type, Hook]):
    """Class → hook. A missing one is made at its first use. Classes made in functions are not held.

    A subclass is one way to read data: it says what becomes of scalars, lists, unions; how annotations are walked is
    the same for all.
    """

    __slots__ = ("compiled", "exact", "make")

    unknown_variant: ClassVar[type]
    """`UnknownVariant`, which `_models` puts here."""

    scalars: ClassVar[Mapping[Any, Hook]]

    def __init__(self, make: Callable[[type], Hook], *, exact: bool = False) -> None:
        super().__init__()
        self.make = make
        self.exact = exact
        self.compiled: Dict[Any, Hook] = {}
        TABLES.append(self)

    def __missing__(self, cls: type) -> Hook:
        hook = self.make(cls)
        if "<locals>" not in cls.__qualname__:
            self[cls] = hook
        return hook

    def hook_of(self, type_: Any) -> Hook:
        """The hook of any type, made once."""
        if isinstance(type_, ModelMeta):
            return self[type_]
        try:
            hook = self.compiled.get(type_)
            if hook is None:
                hook = self.compiled[type_] = self.compile(type_)
        except TypeError:  # unhashable metadata
            return self.compile(type_)
        return hook

    def compile(self, type_: Any, scope: Scope = NOWHERE) -> Hook:
        """The hook that an annotation asks for."""
        custom = custom_hook(type_)
        if custom is not None:
            return self.guarded(custom)
        if isinstance(type_, str) or hasattr(type_, "__forward_arg__"):
            return self._late(type_, scope)
        discriminator = discriminator_of(type_)
        type_ = unwrap(type_)
        if is_union(type_):
            return self._union(type_, discriminator, scope)
        if isinstance(type_, ModelMeta):
            cls: type = type_
            return lambda data, hooks: hooks[cls](data, hooks)
        scalar = self._scalar(type_)
        if scalar is not None:
            return scalar
        origin, arguments = get_origin(type_) or type_, get_args(type_)
        if origin in LISTS:
            return self.list_of(self.compile(arguments[0], scope) if arguments else keep)
        if origin in MAPPINGS:
            return self.dict_of(self.compile(arguments[1], scope) if len(arguments) == 2 else keep)
        if isinstance(origin, ModelMeta):  # a generic model: Page[Item]
            return self.compile(origin, scope)
        return self.other(origin, arguments, scope)

    def _scalar(self, type_: Any) -> Optional[Hook]:
        try:
            return self.scalars.get(type_)
        except TypeError:  # unhashable
            return None

    def _union(self, type_: Any, discriminator: Optional[Discriminator], scope: Scope) -> Hook:
        members = [known(member, scope) for member in get_args(type_)]
        variants = [member for member in members if member is not type(None)]
        if discriminator is not None:
            hook = self.tagged(discriminator.property_name, variants_of(variants, discriminator))
        elif len(variants) == 1:
            hook = self.compile(variants[0], scope)
        else:
            hook = self.untagged(variants, scope)
        return self.nullable(hook) if len(variants) < len(members) else hook

    def _late(self, reference: Any, scope: Scope) -> Hook:
        """A reference to a type that may not exist yet, or to the very type that holds it."""
        hook: Optional[Hook] = None

        def late(data: Any, hooks: Hooks) -> Any:
            nonlocal hook
            if hook is None:
                type_ = scope.evaluate(reference)
                if type_ is UNRESOLVED:
                    return self.unresolved(reference, data)
                hook = self.compile(type_, scope)
            return hook(data, hooks)

        return late

    def guarded(self, hook: Hook) -> Hook:
        """A hook of a user's, as this table has it."""
        return hook

    def nullable(self, hook: Hook) -> Hook:
        """The hook of `Optional[X]` from that of X."""
        return hook

    def unresolved(self, reference: Any, data: Any) -> Any:
        """What becomes of data whose annotation names something that is not defined."""
        raise NotImplementedError

    def list_of(self, item: Hook) -> Hook:
        """The hook of `List[X]` from that of X."""
        raise NotImplementedError

    def dict_of(self, value: Hook) -> Hook:
        """The hook of `Dict[str, X]` from that of X."""
        raise NotImplementedError

    def tagged(self, property_name: str, variants: Mapping[Any, type]) -> Hook:
        """The hook of a union with a discriminator."""
        raise NotImplementedError

    def untagged(self, members: List[Any], scope: Scope) -> Hook:
        """The hook of a union without one."""
        raise NotImplementedError

    def other(self, origin: Any, arguments: Tuple[Any, ...], scope: Scope) -> Hook:
        """The hook of a type that is none of these."""
        return keep

    def build(self, cls: type, data: object) -> Any:
        """A model field by field, from its annotations."""
        raise NotImplementedError


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
    below = cls.__module__.partition(f"{PACKAGE}.types.")
    if below[0] or not below[1]:
        return
    name = f"{PACKAGE}._converters.{below[2]}"
    try:
        import_module(name)
    except ModuleNotFoundError as error:
        if error.name is None or not name.startswith(error.name):
            raise


def custom_hook(type_: Any) -> Optional[Hook]:
    """The hook that a user registered on `converter`, if anybody did."""
    module = sys.modules.get(f"{PACKAGE}._converter")
    return module.custom_structure_hook(type_) if module else None


def has_custom_types() -> bool:
    """Whether users registered hooks for types that are no models: generated hooks do not ask for those."""
    module = sys.modules.get(f"{PACKAGE}._converter")
    return bool(module and module.has_custom_types())


def is_customized(*classes: type) -> bool:
    """Whether hooks of users have a part in building these classes, or may have one."""
    return has_custom_types() or any(custom_hook(cls) is not None for cls in classes)


def hooks_version() -> object:
    """Changes when a user registers a hook: what was made from annotations before is stale."""
    return _HOOKS_VERSION[0]


def forget_hooks() -> None:
    """After a user registered a hook: every table is filled anew."""
    _HOOKS_VERSION[0] = object()
    for table in TABLES:
        table.clear()
        table.compiled.clear()

"""Tables of structure hooks, and where hooks come from: the generator, users, annotations.

A structure hook takes a value and the table it was found in: `hook(data, hooks)`. How strictly data is read is a matter
of the table: `lenient.LENIENT` keeps what does not fit, `strict.STRICT` raises `ValidationError`.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any, Callable, ClassVar, Dict, List, Mapping, Optional, Tuple, Type, get_args, get_origin

from .._public import PACKAGE
from .annotations import ARRAYS, MAPPINGS, NO_SCOPE, discriminator_of, is_union, resolved, unwrap, variants_of
from .fields import UNRESOLVED, Discriminator, Scope
from .model_meta import ModelMeta

Hook = Callable[[Any, "Hooks"], Any]

GENERATED: Dict[type, Hook] = {}
"""The hooks of `_converters`, as far as those modules were needed."""

TABLES: List[Hooks] = []
"""Every table: what users register changes them all."""

FILLERS: List[Dict[type, Any]] = []
"""The table of what constructors call, once there is one."""

_HOOKS_VERSION: List[object] = [object()]


def as_is(data: Any, hooks: Hooks) -> Any:
    """Return the data as it is: the hook of everything that is not looked into."""
    return data


class Hooks(Dict[type, Hook]):
    """A table: class → hook. A missing hook is made at its first use. Classes made in functions are not held.

    This class has the one walk over annotations, `compile`. A subclass is one way to read data: it says what becomes of
    scalars, arrays, objects and unions on that walk, and how a model is made from its fields.
    """

    __slots__ = ("compiled", "exact", "make")

    unknown_variant: ClassVar[type]
    """`UnknownVariant`, which `_models` puts here."""

    scalars: ClassVar[Mapping[Any, Hook]]
    """Type → hook, for what needs no walk."""

    def __init__(self, make: Callable[[type], Hook], *, exact: bool = False) -> None:
        super().__init__()
        self.make = make
        self.exact = exact
        """Whether nothing may be converted, not even "1" into 1. Only the strict way looks at it."""
        self.compiled: Dict[Any, Hook] = {}
        TABLES.append(self)

    def __missing__(self, cls: type) -> Hook:
        hook = self.make(cls)
        if "<locals>" not in cls.__qualname__:
            self[cls] = hook
        return hook

    def hook_of(self, type_: Any) -> Hook:
        """Return the hook of any type, made once."""
        if isinstance(type_, ModelMeta):
            return self[type_]
        try:
            hook = self.compiled.get(type_)
            if hook is None:
                hook = self.compiled[type_] = self.compile(type_)
        except TypeError:  # unhashable metadata
            return self.compile(type_)
        return hook

    def compile(self, type_: Any, scope: Scope = NO_SCOPE) -> Hook:
        """Return the hook that an annotation asks for. Models in it are looked up in the table when data comes.

        `scope` is where the strings in the annotation are evaluated.
        """
        custom = None if isinstance(type_, ModelMeta) else custom_hook(type_)  # those of models are in the table
        if custom is not None:
            return self.custom(custom)
        if isinstance(type_, str) or hasattr(type_, "__forward_arg__"):
            return self._forward_reference(type_, scope)
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
        if origin in ARRAYS:
            return self.list_of(self.compile(arguments[0], scope) if arguments else as_is)
        if origin in MAPPINGS:
            return self.dict_of(self.compile(arguments[1], scope) if len(arguments) == 2 else as_is)
        if isinstance(origin, ModelMeta):  # a generic model: Page[Item]
            return self.compile(origin, scope)
        return self.other(origin, arguments, scope)

    def _scalar(self, type_: Any) -> Optional[Hook]:
        try:
            return self.scalars.get(type_)
        except TypeError:  # unhashable
            return None

    def _union(self, type_: Any, discriminator: Optional[Discriminator], scope: Scope) -> Hook:
        members = [resolved(member, scope) for member in get_args(type_)]
        variants = [member for member in members if member is not type(None)]
        if discriminator is not None:
            hook = self.tagged(discriminator.property_name, variants_of(variants, discriminator))
        elif len(variants) == 1:
            hook = self.compile(variants[0], scope)
        else:
            hook = self.untagged(variants, scope)
        return self.nullable(hook) if len(variants) < len(members) else hook

    def _forward_reference(self, reference: Any, scope: Scope) -> Hook:
        """The hook of a type that may not exist yet, or of the very type that holds the reference."""
        hook: Optional[Hook] = None

        def structure_reference(data: Any, hooks: Hooks) -> Any:
            nonlocal hook
            if hook is None:
                type_ = scope.evaluate(reference)
                if type_ is UNRESOLVED:
                    return self.unresolved(reference, data)
                hook = self.compile(type_, scope)
            return hook(data, hooks)

        return structure_reference

    def custom(self, hook: Hook) -> Hook:
        """Return the hook that a user registered, made fit for this table."""
        return hook

    def nullable(self, hook: Hook) -> Hook:
        """Return the hook of `Optional[X]`, given that of X."""
        return hook

    def unresolved(self, reference: Any, data: Any) -> Any:
        """Return what becomes of data whose annotation names something that is not defined."""
        raise NotImplementedError

    def list_of(self, item: Hook) -> Hook:
        """Return the hook of `List[X]`, given that of X."""
        raise NotImplementedError

    def dict_of(self, value: Hook) -> Hook:
        """Return the hook of `Dict[str, X]`, given that of X."""
        raise NotImplementedError

    def tagged(self, property_name: str, variants: Mapping[Any, type]) -> Hook:
        """Return the hook of a union with a discriminator. `variants` has the class of each tag."""
        raise NotImplementedError

    def untagged(self, members: List[Any], scope: Scope) -> Hook:
        """Return the hook of a union without a discriminator."""
        raise NotImplementedError

    def other(self, origin: Any, arguments: Tuple[Any, ...], scope: Scope) -> Hook:
        """Return the hook of a type that is none of these: `origin[arguments]`."""
        return as_is

    def structure_fields(self, cls: Type[Any], data: object) -> Any:
        """Return data as a model, field by field from annotations: the way for what hooks do not expect."""
        raise NotImplementedError


class Unfit(Exception):
    """Raised by fillers for what isn't exactly as declared. The validators of `strict` decide about that."""


def structures(cls: type) -> Callable[[Hook], Hook]:
    """Mark the generated structure hook of a class."""

    def register(hook: Hook) -> Hook:
        GENERATED[cls] = hook
        return hook

    return register


def generated_hook(cls: type) -> Optional[Hook]:
    """Return the hook that the generator wrote for a class of `types/`, from the mirrored module of `_converters/`."""
    if cls not in GENERATED:
        load_converters(cls)
    return GENERATED.get(cls)


def load_converters(cls: type) -> None:
    """Import the module of `_converters/` that mirrors the class's own module below `types/`, if there is one."""
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
    """Return the hook that a user registered on `converter` for a type, if anybody did."""
    module = sys.modules.get(f"{PACKAGE}._converter")
    return module.custom_structure_hook(type_) if module else None


def has_custom_types() -> bool:
    """Whether users registered hooks for types that are no models: generated hooks do not ask for those."""
    module = sys.modules.get(f"{PACKAGE}._converter")
    return bool(module and module.has_custom_types())


def has_users_hooks() -> bool:
    """Whether users registered hooks of any kind that have a part in building models."""
    module = sys.modules.get(f"{PACKAGE}._converter")
    return bool(module and module.converter.has_structure_hooks())


def is_customized(*classes: type) -> bool:
    """Whether hooks of users have a part in building these classes, or may have one."""
    return has_custom_types() or any(custom_hook(cls) is not None for cls in classes)


def hooks_version() -> object:
    """Return an object that changes when a user registers a hook: what was made from annotations before is stale."""
    return _HOOKS_VERSION[0]


def forget_hooks() -> None:
    """Empty every table, after a user registered a hook."""
    _HOOKS_VERSION[0] = object()
    for fillers in FILLERS:
        fillers.clear()
    for table in TABLES:
        table.clear()
        table.compiled.clear()

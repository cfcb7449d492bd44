"""`converter`: a cattrs converter with this SDK's hooks. A hook registered on it takes effect everywhere.

    @converter.register_structure_hook
    def read_usage(value: dict[str, Any], _: type) -> Usage: ...

cattrs is imported when somebody reaches for this module.
"""

from __future__ import annotations

import threading
from functools import partial
from typing import Annotated, Any, Callable, List, Optional, Tuple, get_origin, get_type_hints

from cattrs import Converter

from ._structuring import unstructure as _unstructure
from ._structuring.annotations import is_union, unwrap
from ._structuring.fields import Discriminator
from ._structuring.hooks import Hook, forget_hooks
from ._structuring.lenient import LENIENT, default_hook
from ._structuring.model_meta import ModelMeta
from ._typing import override

_Predicate = Callable[[Any], bool]
_LOCK = threading.RLock()


def _holds_models(type_: Any) -> bool:
    """Unions that cattrs has no hook for, or a worse one: those of models, and those with a discriminator."""
    if get_origin(type_) is Annotated:
        return any(isinstance(entry, Discriminator) for entry in type_.__metadata__)
    if not is_union(type_):
        return False
    return any(isinstance(unwrap(member), ModelMeta) or _holds_models(member) for member in type_.__args__)


def _is_model(type_: Any) -> bool:
    return isinstance(type_, ModelMeta)


class ModelConverter(Converter):
    """A cattrs converter that builds and dumps models leniently, and tells the rest of the SDK about its hooks."""

    def __init__(self, **options: Any) -> None:
        self._structuring: List[Tuple[_Predicate, bool]] = []
        self._unstructuring: List[_Predicate] = []
        super().__init__(**options)
        self._structuring.clear()  # cattrs registers its own through the same methods
        self._unstructuring.clear()
        super().register_structure_hook_func(_is_plain, lambda value, _: value)
        super().register_structure_hook_factory(_is_model, _structure_model)
        super().register_structure_hook_factory(_holds_models, _structure_union)
        super().register_unstructure_hook_factory(_is_model, _unstructure_model)

    @override
    def register_structure_hook(self, cl: Any, func: Any = None) -> Any:
        registered = super().register_structure_hook(cl) if func is None else super().register_structure_hook(cl, func)
        type_ = get_type_hints(cl)["return"] if func is None else cl
        self._add_structuring(_same_or_below(type_), _is_model(type_))
        return registered

    @override
    def register_structure_hook_func(self, check_func: Any, func: Any) -> None:
        super().register_structure_hook_func(check_func, func)
        self._add_structuring(check_func, False)

    @override
    def register_structure_hook_factory(self, predicate: Any, factory: Any = None) -> Any:
        if factory is None:
            return partial(self.register_structure_hook_factory, predicate)
        registered = super().register_structure_hook_factory(predicate, factory)
        self._add_structuring(predicate, False)
        return registered

    @override
    def register_unstructure_hook(self, cls: Any, func: Any = None) -> Any:
        add = super().register_unstructure_hook
        registered = add(cls) if func is None else add(cls, func)
        type_ = next(iter(get_type_hints(cls).values())) if func is None else cls
        self._add_unstructuring(_same_or_below(type_))
        return registered

    @override
    def register_unstructure_hook_func(self, check_func: Any, func: Any) -> None:
        super().register_unstructure_hook_func(check_func, func)
        self._add_unstructuring(check_func)

    @override
    def register_unstructure_hook_factory(self, predicate: Any, factory: Any = None) -> Any:
        if factory is None:
            return partial(self.register_unstructure_hook_factory, predicate)
        registered = super().register_unstructure_hook_factory(predicate, factory)
        self._add_unstructuring(predicate)
        return registered

    def _add_structuring(self, predicate: _Predicate, only_models: bool) -> None:
        with _LOCK:
            self._structuring.append((predicate, only_models))
            forget_hooks()

    def _add_unstructuring(self, predicate: _Predicate) -> None:
        with _LOCK:
            self._unstructuring.append(predicate)
            _unstructure.forget_unstructure_hooks()

    def has_structure_hook(self, type_: Any) -> bool:
        """Whether a user's hook decides how this type is built."""
        return any(_holds(predicate, type_) for predicate, _ in self._structuring)

    def has_unstructure_hook(self, type_: Any) -> bool:
        """Whether a user's hook decides how this type is written."""
        return any(_holds(predicate, type_) for predicate in self._unstructuring)

    def has_structure_hooks(self) -> bool:
        """Whether there are users' hooks for how something is built."""
        return bool(self._structuring)

    def has_unstructure_hooks(self) -> bool:
        """Whether there are users' hooks for how something is written."""
        return bool(self._unstructuring)

    def has_hooks_beyond_models(self) -> bool:
        """Whether there are users' hooks for something else than model classes."""
        return any(not only_models for _, only_models in self._structuring)


def _same_or_below(type_: Any) -> _Predicate:
    if isinstance(type_, type):
        return lambda other: isinstance(other, type) and issubclass(other, type_)
    return lambda other: other == type_


def _holds(predicate: _Predicate, type_: Any) -> bool:
    try:
        return bool(predicate(type_))
    except Exception:
        return False


def _is_plain(type_: Any) -> bool:
    """`object`, `Any`, literals and unions of scalars: kept as they come."""
    return type_ is object or (is_union(type_) and not _holds_models(type_))


def _structure_model(cls: Any) -> Callable[[Any, Any], Any]:
    hook = default_hook(cls)
    return lambda value, _: hook(value, LENIENT)


def _structure_union(type_: Any) -> Callable[[Any, Any], Any]:
    hook = LENIENT.compile(type_)
    return lambda value, _: hook(value, LENIENT)


def _unstructure_model(cls: Any) -> Callable[[Any], Any]:
    hook = _unstructure.default_dump(cls)
    return lambda value: hook(value, _unstructure.PYTHON)


converter = ModelConverter()


def custom_structure_hook(type_: Any) -> Optional[Hook]:
    """Return the hook that a user registered for a type, if anybody did."""
    if not converter.has_structure_hook(type_):
        return None
    hook = converter.get_structure_hook(type_)
    return lambda data, hooks: hook(data, type_)


def custom_unstructure_hook(cls: type) -> Optional[_unstructure.UnstructureHook]:
    """Return the hook that a user registered for a class, if anybody did."""
    if not converter.has_unstructure_hook(cls):
        return None
    hook = converter.get_unstructure_hook(cls)
    return lambda value, hooks: hook(value)


def has_custom_types() -> bool:
    """Whether users registered hooks for types that are no models."""
    return converter.has_hooks_beyond_models()

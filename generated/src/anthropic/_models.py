"""`BaseModel`: what every response is, and what users subclass for their own."""

from __future__ import annotations

import copy
import reprlib
from typing import (
    TYPE_CHECKING,
    Any,
    Callable,
    Dict,
    Iterator,
    Literal,
    Mapping,
    Optional,
    Set,
    Tuple,
    Type,
    TypeVar,
    Union,
)

from ._lazy import lazy
from ._public import public
from ._structuring import structure as _structure
from ._structuring import unstructure as _unstructure
from ._structuring.annotations import is_mapping
from ._structuring.fields import Discriminator as Discriminator
from ._structuring.fields import FieldInfo
from ._structuring.fields import field as field
from ._structuring.hooks import Hooks
from ._structuring.model_meta import (
    ModelMeta,
    PydanticNames,
    by_wire_name,
    no_field,
    set_values,
    shown_names,
    value_or_default,
)
from ._structuring.structure import FILLERS, UNFIT, WRITERS
from ._structuring.validation_error import ValidationError

if TYPE_CHECKING:
    from ._request.options import FinalRequestOptions as FinalRequestOptions
    from ._structuring.dump_options import IncEx
else:  # checkers see the names above, and no others
    __getattr__, __dir__ = lazy(__name__, {"FinalRequestOptions": "_request.options"})

ModelT = TypeVar("ModelT", bound="BaseModel")


class _FromClass:
    """An attribute that is read from the class, also through an instance."""

    def __init__(self, read: Callable[[Any], Any]) -> None:
        self._read = read

    def __get__(self, instance: object, owner: type) -> Any:
        return self._read(owner)


@public
class BaseModel(PydanticNames, metaclass=ModelMeta):
    """A typed object made from JSON. Subclass it with annotations (and plain defaults).

        class Status(BaseModel):
            state: str
            since: Optional[datetime] = None

        status = client.get("/v1/status", cast_to=Status)

    What the server did not send stays unset: it reads as its default or `None`, and `to_dict()` leaves it out.
    What the server sent beyond the declared fields is kept, readable as attributes and written back.
    """

    __slots__ = ("__extra__", "__hidden__", "__weakref__")

    if TYPE_CHECKING:
        __extra__: Optional[Dict[str, Any]] = no_field()
        """Undeclared keys, or `None`."""

        __hidden__: Optional[Dict[str, Any]] = no_field()
        """Private attributes (never shown, dumped or compared), or `None`."""

        @property
        def model_fields(self) -> Dict[str, FieldInfo]:
            """The declared fields by name. Also on the class."""
            ...

    else:
        model_fields = _FromClass(lambda cls: dict(cls.__model_fields__))

    def __init__(self, /, **data: Any) -> None:
        """Make a model from values by name, validated. Values of other models may be given as dicts.

        Raises:
            ValidationError: if a value is missing or not as declared. It is a `ValueError` and names each path.
        """
        try:
            FILLERS[type(self)](self, data)
            return
        except UNFIT:
            from ._structuring.strict import fill_validated
        try:
            fill_validated(self, by_wire_name(type(self), data) if type(self).__wire_names__ else data)
        except ValidationError as error:
            raise error.with_traceback(None)

    @classmethod
    def construct(cls: Type[ModelT], /, _fields_set: Optional[Set[str]] = None, **values: object) -> ModelT:
        """Make a model without validation, nested models included. Wrong values are kept as they are.

        `_fields_set` are the names that `model_fields_set` is to give; by default those of `values`.
        """
        model: ModelT = _structure.construct(cls, by_wire_name(cls, values) if cls.__wire_names__ else values)
        if _fields_set is not None:
            from ._structuring.copies import mark_set

            mark_set(model, _fields_set)
        return model

    model_construct = construct

    @classmethod
    def model_validate(
        cls: Type[ModelT],
        obj: Any,
        *,
        strict: Optional[bool] = None,
        from_attributes: Optional[bool] = None,
        context: Optional[Any] = None,
    ) -> ModelT:
        """Make a model from a mapping, validated like by the constructor. A model of this class is returned as it is.

        `strict`, `from_attributes` and `context` have no effect.

        Raises:
            ValidationError: if a value is missing or not as declared. It is a `ValueError` and names each path.
        """
        filled: Optional[ModelT] = _structure.filled(cls, obj)
        if filled is not None:
            return filled
        from ._structuring.strict import validate

        try:
            model: ModelT = validate(by_wire_name(cls, obj) if is_mapping(obj) else obj, cls)
        except ValidationError as error:
            raise error.with_traceback(None)
        return model

    def to_dict(
        self,
        *,
        mode: Literal["json", "python"] = "python",
        use_api_names: bool = True,
        exclude_unset: bool = True,
        exclude_defaults: bool = False,
        exclude_none: bool = False,
        warnings: bool = True,
    ) -> Dict[str, object]:
        """Return the model and all models in it as dicts. By default only what was set, by the API's names.

        Args:
            mode: `"json"` turns everything into JSON types (dates into strings); `"python"` leaves them.
            use_api_names: Use the API's names, not the Python ones, where they differ.
            exclude_unset: Leave out fields that were not set.
            exclude_defaults: Leave out fields that equal their default.
            exclude_none: Leave out fields that are `None`.
            warnings: Has no effect.
        """
        if exclude_unset and use_api_names and not exclude_defaults and not exclude_none:
            dumps = _unstructure.JSON if mode == "json" else _unstructure.PYTHON
            dumped: Dict[str, object] = _unstructure.WITHOUT_CUSTOM[type(self)](self, dumps)
            return dumped
        from ._structuring.dump_options import dump_with

        return dump_with(
            self,
            mode=mode,
            by_alias=use_api_names,
            exclude_unset=exclude_unset,
            exclude_defaults=exclude_defaults,
            exclude_none=exclude_none,
        )

    def to_json(
        self,
        *,
        indent: Optional[int] = 2,
        use_api_names: bool = True,
        exclude_unset: bool = True,
        exclude_defaults: bool = False,
        exclude_none: bool = False,
        warnings: bool = True,
    ) -> str:
        """Return `to_dict(mode="json")` as JSON text. The other options are those of `to_dict`.

        Args:
            indent: How many spaces to indent by; `None` is compact, on one line.
        """
        text = None if exclude_defaults or exclude_none else WRITERS[indent, use_api_names, exclude_unset].write(self)
        if text is not None:
            return text
        plain = BaseModel.to_dict(
            self,
            mode="json",
            use_api_names=use_api_names,
            exclude_unset=exclude_unset,
            exclude_defaults=exclude_defaults,
            exclude_none=exclude_none,
        )
        return _unstructure.json_text(plain, indent)

    def model_dump(
        self,
        *,
        mode: Union[Literal["json", "python"], str] = "python",
        include: IncEx = None,
        exclude: IncEx = None,
        by_alias: bool = False,
        exclude_unset: bool = False,
        exclude_defaults: bool = False,
        exclude_none: bool = False,
        round_trip: bool = False,
        warnings: Union[bool, Literal["none", "warn", "error"]] = True,
        context: Optional[Dict[str, Any]] = None,
        serialize_as_any: bool = False,
    ) -> Dict[str, Any]:
        """Return the model as a dict with Python names, unset fields included; `to_dict` has the API's view.

        `include` and `exclude` are sets of names, or mappings of names (of positions or `"__all__"` in lists) to such
        sets, as in `include={"id": True, "content": {0: {"text"}}}`. `by_alias` uses the API's names.
        `round_trip`, `warnings`, `context` and `serialize_as_any` have no effect.
        """
        from ._structuring.dump_options import dump_with

        return dump_with(
            self,
            mode=mode,
            include=include,
            exclude=exclude,
            by_alias=by_alias,
            exclude_unset=exclude_unset,
            exclude_defaults=exclude_defaults,
            exclude_none=exclude_none,
        )

    def model_dump_json(
        self,
        *,
        indent: Optional[int] = None,
        include: IncEx = None,
        exclude: IncEx = None,
        by_alias: bool = False,
        exclude_unset: bool = False,
        exclude_defaults: bool = False,
        exclude_none: bool = False,
        round_trip: bool = False,
        warnings: Union[bool, Literal["none", "warn", "error"]] = True,
        context: Optional[Dict[str, Any]] = None,
        serialize_as_any: bool = False,
    ) -> str:
        """Return `model_dump(mode="json")` as JSON text, by default compact. `indent` is a number of spaces."""
        if include is exclude is None and not exclude_defaults and not exclude_none:
            text = WRITERS[indent, by_alias, exclude_unset].write(self)
            if text is not None:
                return text
        plain = BaseModel.model_dump(
            self,
            mode="json",
            include=include,
            exclude=exclude,
            by_alias=by_alias,
            exclude_unset=exclude_unset,
            exclude_defaults=exclude_defaults,
            exclude_none=exclude_none,
        )
        return _unstructure.json_text(plain, indent)

    @property
    def model_fields_set(self) -> Set[str]:
        """The names of the declared fields that were given."""
        return {name for name, _ in set_values(self)}

    @property
    def model_extra(self) -> Dict[str, Any]:
        """The undeclared keys with their values. Changes to this dict are changes to the model."""
        extra = self.__extra__
        if extra is None:
            self.__extra__ = extra = {}
        return extra

    def model_copy(self: ModelT, *, update: Optional[Mapping[str, Any]] = None, deep: bool = False) -> ModelT:
        """Return a copy with the values of `update`, which aren't validated. `deep` copies what it holds, too."""
        from ._structuring.copies import copy_with

        copied: ModelT = copy_with(self, update or {}, deep)
        return copied

    def __replace__(self: ModelT, /, **changes: Any) -> ModelT:
        return self.model_copy(update=changes)

    @property
    def _request_id(self) -> Optional[str]:
        """The id of the request that led to this object. Only on what a method returned, not on its parts."""
        return (self.__hidden__ or {}).get("_request_id")

    @_request_id.setter
    def _request_id(self, value: Optional[str]) -> None:
        _set_private(self, "_request_id", value)

    if not TYPE_CHECKING:  # checkers should see typos

        def __getattr__(self, name: str) -> Any:
            """Called when nothing is in a slot, or for a name that is no slot."""
            cls = type(self)
            info = cls.__model_fields__.get(name)
            if info is not None:
                if info.shared:
                    return None if info.is_required() else info.default
                value = info.fresh_default()
                object.__setattr__(self, name, value)
                return value
            if name.startswith("_"):
                return _private_value(self, name)
            extra = self.__extra__
            if extra is not None and name in extra:
                return extra[name]
            raise AttributeError(f"{cls.__name__!r} object has no attribute {name!r}", name=name, obj=self)

        def __setattr__(self, name: str, value: Any) -> None:
            try:
                object.__setattr__(self, name, value)
            except AttributeError:
                if name.startswith("_"):
                    _set_private(self, name, value)
                elif hasattr(type(self), name):
                    raise
                else:
                    BaseModel.model_extra.fget(self)[name] = value

        def __delattr__(self, name: str) -> None:
            for kept in (self.__extra__, self.__hidden__):
                if kept and name in kept:
                    del kept[name]
                    return
            object.__delattr__(self, name)

    def __dir__(self) -> Any:
        return sorted({*shown_names(object.__dir__(self)), *(self.__extra__ or {})})

    def __iter__(self) -> Iterator[Any]:
        for name in type(self).__model_fields__:
            yield name, value_or_default(self, name)
        yield from (self.__extra__ or {}).items()

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other) or not isinstance(other, BaseModel):
            return NotImplemented
        mine, theirs = self.__extra__ or {}, other.__extra__ or {}
        return mine == theirs and all(_same_value(self, other, info) for info in type(self).__model_fields__.values())

    @reprlib.recursive_repr()
    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in BaseModel.__iter__(self))
        return f"{type(self).__name__}({shown})"

    def __rich_repr__(self) -> Iterator[Tuple[str, Any]]:
        return BaseModel.__iter__(self)

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """Called by IPython."""
        from ._structuring.printing import print_with

        print_with(printer, type(self).__name__, None if cycle else BaseModel.__iter__(self))

    def __copy__(self: ModelT) -> ModelT:
        from ._structuring.copies import shallow_copy

        copied: ModelT = shallow_copy(self)
        return copied

    def __deepcopy__(self: ModelT, memo: Optional[Dict[int, Any]] = None) -> ModelT:
        from ._structuring.copies import deep_copy

        copied: ModelT = deep_copy(self, memo)
        return copied

    def __getstate__(self) -> Dict[str, Any]:
        extra, hidden = self.__extra__, self.__hidden__
        return {
            "fields": dict(set_values(self)),
            "extra": None if extra is None else dict(extra),
            "hidden": None if hidden is None else dict(hidden),
        }

    def __setstate__(self, state: Dict[str, Any]) -> None:
        fields, extra = type(self).__model_fields__, dict(state["extra"] or {})
        for name, value in state["fields"].items():
            if name in fields:
                object.__setattr__(self, name, value)
            else:  # pickled by a version that knew this field
                extra[name] = value
        self.__extra__ = extra or None
        self.__hidden__ = state["hidden"]


@public
class UnknownVariant(BaseModel):
    """A variant of a union that this version does not know. All it has is what the server sent."""


Hooks.unknown_variant = UnknownVariant


def set_request_id(model: object, request_id: Optional[str]) -> None:
    """Put `_request_id` on a model; anything else is left alone."""
    if isinstance(model, BaseModel):
        _set_private(model, "_request_id", request_id)


def _same_value(one: BaseModel, other: BaseModel, info: FieldInfo) -> bool:
    try:
        return bool(info.get(one) == info.get(other))
    except AttributeError:  # an empty slot
        return bool(value_or_default(one, info.name) == value_or_default(other, info.name))


def _private_value(model: BaseModel, name: str) -> Any:
    if name in ("__extra__", "__hidden__"):  # empty slots
        return None
    hidden = model.__hidden__
    if hidden is not None and name in hidden:
        return hidden[name]
    defaults = type(model).__private_defaults__
    if name in defaults:
        _set_private(model, name, copy.deepcopy(defaults[name]))
        return _private_value(model, name)
    extra = model.__extra__
    if extra is not None and name in extra and not name.startswith("__"):
        return extra[name]
    raise AttributeError(f"{type(model).__name__!r} object has no attribute {name!r}", name=name, obj=model)


def _set_private(model: BaseModel, name: str, value: Any) -> None:
    hidden = model.__hidden__
    if hidden is None:
        model.__hidden__ = hidden = {}
    hidden[name] = value

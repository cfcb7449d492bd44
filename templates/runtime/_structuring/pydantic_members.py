"""The members of models that are there for programs written for pydantic's models: see `PydanticNames`."""

from __future__ import annotations

import json
import sys
import threading
from importlib import import_module
from typing import TYPE_CHECKING, Any, Callable, Dict, Iterable, Mapping, Optional, Set, Union

from .annotations import is_mapping
from .dump_options import IncEx
from .fields import FieldInfo
from .model_meta import ModelMeta, by_wire_name, fields_of
from .strict import validate
from .unstructure import json_text
from .validation_error import ValidationError

_LOCK = threading.Lock()
_ADAPTERS: Dict[type, Any] = {}


def member(name: str, model: Any, cls: Any) -> Any:
    """Return a member of a model, or of its class if `model` is `None`.

    Raises:
        AttributeError: it has none of that name.
    """
    if name in _OF_CLASSES:
        return _OF_CLASSES[name](cls)
    if model is not None:
        return _OF_MODELS[name](model)
    if name in _METHODS:
        return _METHODS[name]
    raise AttributeError(f"type object {cls.__name__!r} has no attribute {name!r}", name=name, obj=cls)


def validate_json(cls: Any, text: Union[str, bytes, bytearray]) -> Any:
    """Return a model made from JSON text, validated.

    Raises:
        ValidationError: if it is no JSON, or a value is missing or not as declared.
    """
    try:
        value = json.loads(text)
    except ValueError as error:
        raise ValidationError(cls.__name__, [((), f"no JSON: {error}")]) from None
    except RecursionError:
        raise ValidationError(cls.__name__, [((), "the data is nested too deeply")]) from None
    return validate(by_wire_name(cls, value) if is_mapping(value) else value, cls)


def json_schema(cls: Any, **options: Any) -> Any:
    """Return the JSON schema of a model class.

    Raises:
        ImportError: pydantic, which makes it, isn't installed.
    """
    return _adapter(cls).json_schema(**options)


def dict_(
    model: Any,
    *,
    include: IncEx = None,
    exclude: IncEx = None,
    by_alias: bool = False,
    exclude_unset: bool = False,
    exclude_defaults: bool = False,
    exclude_none: bool = False,
) -> Dict[str, Any]:
    """Return the model as a dict: `model_dump` has the newer name."""
    dumped: Dict[str, Any] = model.model_dump(
        include=include,
        exclude=exclude,
        by_alias=by_alias,
        exclude_unset=exclude_unset,
        exclude_defaults=exclude_defaults,
        exclude_none=exclude_none,
    )
    return dumped


def json_(
    model: Any,
    *,
    include: IncEx = None,
    exclude: IncEx = None,
    by_alias: bool = False,
    exclude_unset: bool = False,
    exclude_defaults: bool = False,
    exclude_none: bool = False,
) -> str:
    """Return the model as JSON text: `model_dump_json` has the newer name."""
    text: str = model.model_dump_json(
        include=include,
        exclude=exclude,
        by_alias=by_alias,
        exclude_unset=exclude_unset,
        exclude_defaults=exclude_defaults,
        exclude_none=exclude_none,
    )
    return text


def copy(
    model: Any,
    *,
    include: Optional[Iterable[str]] = None,
    exclude: Optional[Iterable[str]] = None,
    update: Optional[Mapping[str, Any]] = None,
    deep: bool = False,
) -> Any:
    """Return a copy, without the fields that are excluded or not included: `model_copy` has the newer name."""
    copied = model.model_copy(deep=deep)
    names = set(model.model_fields) | set(model.model_extra)
    kept = names if include is None else names & set(include)
    for name in names - (kept - set(exclude or ())):
        if name in copied.model_extra or name in copied.model_fields_set:
            delattr(copied, name)
    for name, value in (update or {}).items():
        setattr(copied, name, value)
    return copied


class Fields(Dict[str, Any]):
    """What `vars(model)` gives: the declared fields with their values. A copy: to change the model, set attributes."""

    if not TYPE_CHECKING:

        def _refuse(self, *_: Any, **__: Any) -> Any:
            raise TypeError("this dict is a copy: set the attribute of the model")

        __setitem__ = __delitem__ = __ior__ = update = setdefault = pop = popitem = clear = _refuse


def _vars(model: Any) -> Fields:
    extra = model.model_extra
    return Fields({name: value for name, value in model if name not in extra})


def _serializer(cls: Any) -> Any:
    """What pydantic dumps a model with where it doesn't know the type (`Any`); `None` while nobody uses pydantic."""
    if "pydantic" not in sys.modules:
        return None
    errors = import_module("pydantic.errors")
    try:
        return _adapter(cls).serializer
    except (errors.PydanticUserError, errors.PydanticUndefinedAnnotation) as error:
        raise AttributeError(str(error), name="__pydantic_serializer__", obj=cls) from error


def _adapter(cls: type) -> Any:
    """pydantic's view of a class."""
    if cls not in _ADAPTERS:
        try:
            pydantic = import_module("pydantic")
        except ImportError as error:
            raise ImportError("pydantic makes JSON schemas: install it (`pip install pydantic`)") from error
        with _LOCK:
            _ADAPTERS.setdefault(cls, pydantic.TypeAdapter(cls))
    return _ADAPTERS[cls]


def _fields(cls: ModelMeta) -> Dict[str, FieldInfo]:
    return dict(fields_of(cls))


def _schema(cls: Any) -> Callable[..., Any]:
    def schema(by_alias: bool = True, ref_template: str = "#/$defs/{model}") -> Any:
        return json_schema(cls, by_alias=by_alias, ref_template=ref_template)

    return schema


def _schema_json(cls: Any) -> Callable[..., str]:
    def schema_json(*, by_alias: bool = True, indent: Optional[int] = None) -> str:
        return json_text(json_schema(cls, by_alias=by_alias), indent)

    return schema_json


def _fields_set(model: Any) -> Set[str]:
    names: Set[str] = model.model_fields_set
    return names


_OF_CLASSES: Dict[str, Callable[[Any], Any]] = {
    "__fields__": _fields,
    "__pydantic_serializer__": _serializer,
    "model_computed_fields": lambda cls: {},
    "model_config": lambda cls: {"extra": "allow"},
    "parse_obj": lambda cls: cls.model_validate,
    "parse_raw": lambda cls: cls.model_validate_json,
    "schema": _schema,
    "schema_json": _schema_json,
    "update_forward_refs": lambda cls: cls.model_rebuild,
    "validate": lambda cls: cls.model_validate,
}
_METHODS: Dict[str, Callable[..., Any]] = {"copy": copy, "dict": dict_, "json": json_}
_OF_MODELS: Dict[str, Callable[[Any], Any]] = {
    **{name: function.__get__ for name, function in _METHODS.items()},
    "__dict__": _vars,
    "__fields_set__": _fields_set,
}

"""What pydantic is told about the types: models as fields of pydantic models, as FastAPI's `response_model`, and so on.

    class Log(pydantic.BaseModel):
        message: Message

Such a field takes a message as it is, or an object of the API, which pydantic checks: what is wrong stands at its place
inside of the outer model. What the outer model dumps is the object of the API again: what was not sent is left out,
what is not declared is kept.

pydantic calls `__get_pydantic_core_schema__` of the types that it does not know. Only then is pydantic
needed: this module can be imported without it.
"""

from __future__ import annotations

import inspect
import threading
from functools import partial
from typing import Any, Callable, Dict, List, Mapping, Set, TypeVar, get_args

from .._converters import BYTES_ARE_BASE64
from .._lazy import LazyModule
from .._public import AskedByPydantic
from .annotations import is_mapping, is_union, variants_of
from .dump_options import dump_with
from .field_docs import field_docs
from .fields import UNRESOLVED, Discriminator, FieldInfo
from .hooks import Hook, Hooks, is_customized
from .model_meta import ModelMeta, by_wire_name, fields_of, new_instance
from .strict import STRICT
from .unstructure import JSON, PYTHON, unstructure
from .validation_error import ValidationError

_core: Any = LazyModule("pydantic_core")
_schemas: Any = LazyModule("pydantic_core.core_schema")
_errors: Any = LazyModule("pydantic.errors")

_FunctionT = TypeVar("_FunctionT", bound=Callable[..., Any])

_Handler = Any
"""`pydantic.GetCoreSchemaHandler`, or the one for JSON schemas."""


class _Open(threading.local):
    """The classes whose schemas are being made: inside of themselves they are references."""

    def __init__(self) -> None:
        self.classes: Set[type] = set()


_OPEN = _Open()


def model_schema(cls: Any, handler: _Handler) -> Any:
    """Return the schema of a model class. A model of the class passes as it is."""
    reference = f"{cls.__module__}.{cls.__qualname__}:{id(cls)}"
    if cls in _OPEN.classes:
        return _schemas.definition_reference_schema(reference)

    @_called(cls.__name__)
    def validate(value: object, validate_object: Callable[[object], Any]) -> Any:
        if isinstance(value, cls):
            return value
        if is_customized(cls):
            return _strictly(STRICT[cls], value)
        return validate_object(by_wire_name(cls, value) if is_mapping(value) else value)

    return _schemas.no_info_wrap_validator_function(
        validate, _object_schema(cls, handler), ref=reference, serialization=_dump_schema()
    )


def _object_schema(cls: Any, handler: _Handler) -> Any:
    """The schema of an object of the API that becomes a model."""
    _OPEN.classes.add(cls)
    try:
        fields = {info.wire_name: _field(info, handler) for info in fields_of(cls).values()}
    finally:
        _OPEN.classes.remove(cls)
    plain = _schemas.typed_dict_schema(fields, extra_behavior="allow")
    return _schemas.no_info_after_validator_function(_called(cls.__name__)(partial(_model_of, cls)), plain)


def json_schema(cls: Any, core_schema: Any, handler: _Handler) -> Any:
    """Return the JSON schema of a model class, with the documentation of the class and its fields."""
    described = handler(core_schema)
    resolved: Dict[str, Any] = handler.resolve_ref_schema(described)
    docs = field_docs(cls)
    for info in fields_of(cls).values():
        text = docs.get(info.name)
        of_field: Any = resolved.get("properties", {}).get(info.wire_name)
        if text and of_field is not None:
            of_field.setdefault("description", text)
    resolved.setdefault("title", cls.__name__)
    if cls.__doc__:
        resolved.setdefault("description", inspect.cleandoc(cls.__doc__))
    return described


def tagged_union_schema(discriminator: Discriminator, source: Any, handler: _Handler) -> Any:
    """Return the schema of a tagged union. Models pass as they are, also of variants that this version doesn't know."""
    members: List[Any] = list(get_args(source)) if is_union(source) else [source]
    variants = variants_of(members, discriminator)
    if not variants:
        return handler(source)
    classes = (*variants.values(), Hooks.unknown_variant)

    @_called(" or ".join(variant.__name__ for variant in variants.values()))
    def validate(value: object, validate_object: Callable[[object], Any]) -> Any:
        return value if isinstance(value, classes) else validate_object(value)

    name = discriminator.property_name
    choices = {tag: handler.generate_schema(variant) for tag, variant in variants.items()}
    from_objects = _schemas.no_info_wrap_validator_function(validate, _schemas.tagged_union_schema(choices, name))
    if not is_customized(*variants.values()):  # in JSON there are no models
        choices = {
            tag: choices[tag] if cls in _OPEN.classes else _object_schema(cls, handler) for tag, cls in variants.items()
        }
    from_json = _schemas.tagged_union_schema(choices, name)
    if type(None) in members:
        from_json, from_objects = map(_schemas.nullable_schema, (from_json, from_objects))
    return _schemas.json_or_python_schema(from_json, from_objects, serialization=_dump_schema())


def json_schema_of(metadata: AskedByPydantic, core_schema: Any, handler: _Handler) -> Any:
    """Return the JSON schema of an annotated type.

    Raises:
        pydantic_core.PydanticOmit: of a file; a union that has files then has only the rest.
    """
    if metadata.pydantic_schema == "file_schema":
        raise _core.PydanticOmit
    if core_schema["type"] == "json-or-python":
        return handler(core_schema["python_schema"])  # its variants have names
    return handler(core_schema)


def list_schema(_: object, source: Any, handler: _Handler) -> Any:
    """Return the schema of an iterable of a request: a list."""
    return _schemas.list_schema(handler.generate_schema(get_args(source)[0]))


def file_schema(_: object, source: Any, handler: _Handler) -> Any:
    """Return the schema of open files and paths. JSON has neither."""

    @_called("file or path")
    def validate(value: Any) -> Any:
        if hasattr(value, "read") or hasattr(value, "__fspath__"):
            return value
        raise _core.PydanticCustomError("file_type", "Input should be an open file or a path")

    return _schemas.no_info_plain_validator_function(validate)


def _called(name: str) -> Callable[[_FunctionT], _FunctionT]:
    """pydantic says a function's name where a value fits none of several types."""

    def rename(function: _FunctionT) -> _FunctionT:
        function.__qualname__ = function.__name__ = name
        return function

    return rename


def _field(info: FieldInfo, handler: _Handler) -> Any:
    annotation = info.annotation
    if annotation is UNRESOLVED:
        raise _errors.PydanticUndefinedAnnotation(str(info.raw), f"{info.name!r} names something that is not defined")
    try:
        schema = handler.generate_schema(annotation)
    except _errors.PydanticSchemaGenerationError:  # a class that pydantic knows nothing of
        check = STRICT.compile(annotation, info.scope)
        schema = _schemas.no_info_plain_validator_function(partial(_strictly, check))
    else:
        if BYTES_ARE_BASE64 and _holds_bytes(annotation):  # texts are UTF-8 for pydantic
            check = STRICT.compile(annotation, info.scope)
            schema = _schemas.no_info_before_validator_function(partial(_strictly, check), schema)
    return _schemas.typed_dict_field(schema, required=info.is_required())


def _holds_bytes(annotation: Any) -> bool:
    return annotation is bytes or any(map(_holds_bytes, get_args(annotation)))


def _model_of(cls: Any, values: Mapping[str, Any]) -> Any:
    """The model with these values, by wire name."""
    model: Any = new_instance(cls)
    extra = dict(values)
    for info in fields_of(cls).values():
        if info.wire_name in values:
            object.__setattr__(model, info.name, extra.pop(info.wire_name))
    object.__setattr__(model, "__extra__", extra or None)
    return model


def _strictly(check: Hook, value: object) -> Any:
    """What the SDK's own validator makes of a value; its errors as pydantic's, each at its place."""
    try:
        return check(value, STRICT)
    except ValidationError as error:
        problems: List[Any] = [
            {"type": _core.PydanticCustomError("invalid", "{reason}", {"reason": text}), "loc": path, "input": value}
            for path, text in error.problems
        ]
    raise _core.ValidationError.from_exception_data("value", problems)


def _dump_schema() -> Any:
    return _schemas.plain_serializer_function_ser_schema(_dump, info_arg=True)


def _dump(value: Any, info: Any) -> Any:
    """What an outer model dumps for a model: the object of the API. Its options leave out more."""
    if value is None:
        return None
    if not isinstance(type(value), ModelMeta):
        raise _core.PydanticSerializationUnexpectedValue(f"expected a model, got {type(value).__name__}")
    is_json = info.mode != "python"
    options: Any = (info.include, info.exclude, info.exclude_defaults, info.exclude_none)
    if not any(options):
        return unstructure(value, JSON if is_json else PYTHON)
    include, exclude, exclude_defaults, exclude_none = options
    return dump_with(
        value,
        mode="json" if is_json else "python",
        include=include,
        exclude=exclude,
        by_alias=True,
        exclude_unset=True,
        exclude_defaults=exclude_defaults,
        exclude_none=exclude_none,
    )

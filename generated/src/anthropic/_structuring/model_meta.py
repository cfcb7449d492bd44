"""The metaclass of models: it turns annotations into slots."""

from __future__ import annotations

import threading
from importlib import import_module
from typing import (
    TYPE_CHECKING,
    Any,
    Callable,
    Dict,
    Iterable,
    Iterator,
    List,
    Literal,
    Mapping,
    Optional,
    Tuple,
    Type,
    TypeVar,
    Union,
    cast,
)

from .._public import PACKAGE
from .fields import MISSING, FieldInfo, Scope, field, field_annotations, local_names, own_annotations

if TYPE_CHECKING:
    from typing_extensions import dataclass_transform
else:

    def dataclass_transform(**_: object) -> Callable[[Any], Any]:
        """Do nothing: only checkers need PEP 681, and `typing_extensions` takes long to import."""
        return lambda decorated: decorated


T = TypeVar("T")
NamesT = TypeVar("NamesT", bound="PydanticNames")
_LOCK = threading.RLock()

if TYPE_CHECKING:

    def new_instance(cls: Type[T]) -> T:
        """Return an instance of a model class with nothing in its slots."""
        ...

else:
    new_instance = object.__new__


def no_field(*, init: Literal[False] = False) -> Any:
    """Say to checkers that an attribute is no parameter of the constructor."""


@dataclass_transform(kw_only_default=True, field_specifiers=(field, no_field))
class ModelMeta(type):
    """Annotations of a class body become slots; defaults leave the body.

    A field that was not set is an empty slot. `__model_fields__` holds the fields by name, in order.
    """

    if TYPE_CHECKING:
        __model_fields__: Dict[str, FieldInfo]
        __wire_names__: Dict[str, str]
        __readers__: Tuple[Tuple[str, Callable[[Any], Any]], ...]
        __private_defaults__: Dict[str, Any]
        __scope__: Scope
        __extra_info__: Optional[FieldInfo]
        __attrs_made__: Any

    def __new__(mcs, name: str, bases: Tuple[type, ...], namespace: Dict[str, Any], **kwargs: Any) -> ModelMeta:
        scope = Scope(namespace.get("__module__", ""), local_names(namespace, 2))
        inherited = _inherited(bases, "__model_fields__")
        fields = {**inherited}
        for field_name, raw in field_annotations(namespace):
            fields[field_name] = FieldInfo(field_name, raw, scope, namespace.pop(field_name, MISSING))
        for field_name in [key for key in namespace if key in inherited]:
            if not _is_class_or_descriptor(namespace[field_name]):  # a new default, without the annotation
                fields[field_name] = inherited[field_name].redefined(namespace.pop(field_name))
        extra = own_annotations(namespace).get("__extra__")
        if extra is not None:  # undeclared keys have a type
            namespace.pop("__extra__", None)
            namespace["__extra_info__"] = FieldInfo("__extra__", extra, scope, MISSING)
        namespace["__private_defaults__"] = {**_inherited(bases, "__private_defaults__"), **_take_private(namespace)}
        namespace["__model_fields__"] = fields
        namespace["__wire_names__"] = {info.name: info.wire_name for info in fields.values() if info.alias}
        namespace["__scope__"] = scope
        own = namespace.get("__slots__", ())
        own = (own,) if isinstance(own, str) else tuple(own)
        new = tuple(field_name for field_name in fields if field_name not in inherited)
        namespace["__slots__"] = slots = _DocumentedSlots(dict.fromkeys(own + new))
        cls = super().__new__(mcs, name, bases, namespace, **kwargs)
        scope.cls = slots.owner = cls
        for field_name, info in fields.items():
            info.get = _slot_reader(cls, field_name)
        cls.__readers__ = tuple((info.wire_name, info.get) for info in fields.values())
        return cls

    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        """Called by pydantic for a field of this class. Nothing of pydantic is loaded before."""
        return _for_pydantic().model_schema(cls, handler)

    def __get_pydantic_json_schema__(cls, core_schema: Any, handler: Any) -> Any:
        return _for_pydantic().json_schema(cls, core_schema, handler)

    @property
    def __signature__(cls) -> Any:
        """What `inspect.signature` says: the fields, unless a subclass has a constructor of its own."""
        from .printing import signature_of

        made: Any = cls
        root: Any = [base for base in cls.__mro__ if isinstance(base, ModelMeta)][-1]
        if made is root or made.__init__ is not root.__init__:
            raise AttributeError("__signature__")
        return signature_of(cls.__model_fields__.values())

    def __dir__(cls) -> List[str]:
        return shown_names(super().__dir__())

    @property
    def __attrs_attrs__(cls) -> Any:
        """What makes this an attrs class: `attrs.fields` reads it. Made at the first request.

        A class without fields is none: attrs would find nothing in a model whose keys are all undeclared.
        """
        if not cls.__model_fields__:
            raise AttributeError("__attrs_attrs__")
        if "__attrs_made__" not in cls.__dict__:
            with _LOCK:
                if "__attrs_made__" not in cls.__dict__:
                    from .attrs_classes import make_attrs_class

                    make_attrs_class(cls)
        return cls.__dict__["__attrs_made__"]

    @__attrs_attrs__.setter
    def __attrs_attrs__(cls, attributes: Any) -> None:
        cls.__attrs_made__ = attributes


class _DocumentedSlots(Dict[str, Any]):
    """The names of slots. `help()` looks here for what they are, which stands below the fields in the source."""

    owner: Optional[type] = None

    def __getitem__(self, name: str) -> Any:
        if self.owner is not None:
            from .field_docs import own_field_docs

            self.update(own_field_docs(self.owner))
            self.owner = None
        return super().__getitem__(name)


_STANDARD = frozenset({*dir(object), "__iter__", "__copy__", "__deepcopy__", "__replace__"})


def shown_names(names: Iterable[str]) -> List[str]:
    """Return the names that `dir()` and `help()` are to show: those of users and of Python, none of our own."""
    return [name for name in names if not name.startswith("__") or name in _STANDARD]


def _for_pydantic() -> Any:
    return import_module(f"{PACKAGE}._structuring.pydantic_schemas")  # which needs models itself


def fields_of(cls: type) -> Dict[str, FieldInfo]:
    """Return the fields of a model class by Python name."""
    model_class: Any = cls
    fields: Dict[str, FieldInfo] = model_class.__model_fields__
    return fields


def extra_info_of(cls: type) -> Optional[FieldInfo]:
    """Return what a model class says about the type of undeclared keys, if it says anything."""
    info: Optional[FieldInfo] = getattr(cls, "__extra_info__", None)
    return info


def extra_of(model: object) -> Dict[str, Any]:
    """Return the undeclared keys of a model with their values. Where it has none, the dict isn't the model's own."""
    some_model = cast(Any, model)
    extra: Optional[Dict[str, Any]] = some_model.__extra__
    return extra or {}


def values_of(model: object, exclude_unset: bool) -> Iterator[Tuple[FieldInfo, Any]]:
    """Yield the fields with their values: those that were set, or all of them, with defaults where nothing is set."""
    for info in fields_of(type(model)).values():
        try:
            value = info.get(model)
        except AttributeError:
            if exclude_unset:
                continue
            value = info.fresh_default()
        yield info, value


def set_values(model: object) -> Iterator[Tuple[str, Any]]:
    """Yield the fields that were set, by name, with their values."""
    return ((info.name, value) for info, value in values_of(model, True))


def value_or_default(model: object, name: str) -> Any:
    """Return the value or the default of a field, without storing the default."""
    info = fields_of(type(model))[name]
    try:
        return info.get(model)
    except AttributeError:
        return info.fresh_default()


def replace_slot(cls: Any, name: str, wrap: Callable[[Any], Any]) -> None:
    """Put `wrap(slot)`, a descriptor, in place of a field's slot, so that every reader of the field goes through it.

    For a field whose value is computed when somebody reads it.
    """
    descriptor = wrap(cls.__dict__[name])
    setattr(cls, name, descriptor)
    cls.__model_fields__[name].get = descriptor.__get__
    cls.__readers__ = tuple((info.wire_name, info.get) for info in cls.__model_fields__.values())


def fast_twin(cls: Type[T]) -> Type[T]:
    """Return a twin of a model class with the same slots, whose instances take values at C speed.

    A model has a `__setattr__` in Python, which keeps unknown attributes; it would be called for each field of each
    object of a response. Instances of the twin have none. Since both have the same layout in memory, a structure hook
    fills an instance of the twin and makes it one of the model at the end:

        _TextBlock = fast_twin(TextBlock)

        model = new_instance(_TextBlock)
        model.text = data["text"]
        model.type = data["type"]
        model.__extra__ = None
        model.__class__ = TextBlock
    """
    body = {
        "__slots__": cls.__dict__["__slots__"],
        "__module__": cls.__module__,
        "__qualname__": cls.__qualname__,
        "__setattr__": object.__setattr__,
        "__delattr__": object.__delattr__,  # both share a slot of the interpreter
    }
    twin: Any = type.__new__(ModelMeta, cls.__name__, cls.__bases__, body)
    made: Type[T] = twin
    return made


def _inherited(bases: Tuple[type, ...], attribute: str) -> Dict[str, Any]:
    merged: Dict[str, Any] = {}
    for base in reversed(bases):
        merged.update(getattr(base, attribute, {}))
    return merged


def _is_class_or_descriptor(value: object) -> bool:
    return isinstance(value, type) or hasattr(type(value), "__get__")


def _take_private(namespace: Dict[str, Any]) -> Dict[str, Any]:
    """Private names with an annotation and a value (`_cache: int = 0`) leave the class body: see `__hidden__`."""
    names = [key for key in own_annotations(namespace) if key.startswith("_") and not key.startswith("__")]
    return {key: namespace.pop(key) for key in names if key in namespace}


def _slot_reader(cls: type, name: str) -> Callable[[Any], Any]:
    """Reads the slot of that name, past properties that a subclass laid over it."""
    for base in cls.__mro__:
        if name in base.__dict__.get("__slots__", ()):
            descriptor: Any = base.__dict__[name]
            reader: Callable[[Any], Any] = descriptor.__get__
            return reader
    raise TypeError(f"{cls.__name__}.{name} has no slot")


def by_wire_name(cls: type, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return values that are given by Python name or wire name, all by wire name. The wire name wins."""
    renamed: Optional[Dict[str, str]] = getattr(cls, "__wire_names__", None)
    if not renamed or not any(name in values for name in renamed):
        return values
    taken = set(renamed.values())
    return {
        renamed.get(key, key) if key not in taken and renamed.get(key, key) not in values else key: value
        for key, value in values.items()
    }


class _Member:
    """Found in `pydantic_members` when somebody asks. A field of its name, declared or not, comes first."""

    name: str

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, model: Any, cls: type) -> Any:
        extra: Optional[Dict[str, Any]] = None if model is None else model.__extra__
        if extra and self.name in extra:
            return extra[self.name]
        return _members().member(self.name, model, cls)

    def __set__(self, model: Any, value: object) -> None:
        model.model_extra[self.name] = value


class PydanticNames:
    """What `BaseModel` has besides its own members.

    `dict`, `json`, `copy`, `parse_obj`, `parse_raw`, `schema`, `schema_json` and `validate` are the older names of
    `model_dump`, `model_dump_json`, `model_copy`, `model_validate`, `model_validate_json` and `model_json_schema`.
    `vars(model)` is a dict of the declared fields.
    """

    __slots__ = ()

    if TYPE_CHECKING:  # what a field may hide has to be of any type
        dict: Any
        json: Any
        copy: Any
        parse_obj: Any
        parse_raw: Any
        schema: Any
        schema_json: Any
        validate: Any
        update_forward_refs: Any
        model_computed_fields: Any
        model_config: Any
    else:
        dict = json = copy = parse_obj = parse_raw = schema = schema_json = validate = update_forward_refs = None
        model_computed_fields = model_config = __dict__ = __fields__ = __fields_set__ = __pydantic_serializer__ = None

        for _name in [name for name, value in vars().items() if value is None]:
            vars()[_name] = _Member()
        del _name

    @classmethod
    def model_validate_json(
        cls: Type[NamesT],
        json_data: Union[str, bytes, bytearray],
        *,
        strict: Optional[bool] = None,
        context: Optional[Any] = None,
    ) -> NamesT:
        """Make a model from JSON text, validated like by the constructor. `strict` and `context` have no effect.

        Raises:
            ValidationError: if it is no JSON, or a value is missing or not as declared. It is a `ValueError`.
        """
        model: NamesT = _members().validate_json(cls, json_data)
        return model

    @classmethod
    def model_json_schema(cls, by_alias: bool = True, ref_template: str = "#/$defs/{model}", **options: Any) -> Any:
        """Return the JSON schema of the class as a dict. pydantic makes it, which must be installed.

        Raises:
            ImportError: pydantic isn't installed.
        """
        return _members().json_schema(cls, by_alias=by_alias, ref_template=ref_template, **options)

    @classmethod
    def model_rebuild(cls, **options: Any) -> Optional[bool]:
        """Do nothing: the types of fields are looked up when they are needed."""


def _members() -> Any:
    return import_module(f"{PACKAGE}._structuring.pydantic_members")  # which few programs need

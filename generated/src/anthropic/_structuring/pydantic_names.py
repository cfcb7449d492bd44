"""Names that models share with pydantic's, so that programs written for those can use them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Dict, Optional, Type, TypeVar, Union

from .._public import PACKAGE

ModelT = TypeVar("ModelT", bound="PydanticNames")


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
    `vars(model)` is a dict of the declared fields that were set.
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
        cls: Type[ModelT],
        json_data: Union[str, bytes, bytearray],
        *,
        strict: Optional[bool] = None,
        context: Optional[Any] = None,
    ) -> ModelT:
        """Make a model from JSON text, validated like by the constructor. `strict` and `context` have no effect.

        Raises:
            ValidationError: if it is no JSON, or a value is missing or not as declared. It is a `ValueError`.
        """
        model: ModelT = _members().validate_json(cls, json_data)
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

"""Validation of models: constructors, `model_validate`, strict responses."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, Optional, Tuple

from ._errors import Problem, ValidationError
from ._fields import UNRESOLVED, FieldInfo, Scope
from ._model_meta import ModelMeta, blank, fields_of
from ._structure import STRICT, Hook, Hooks, epoch
from ._type_shapes import is_mapping, type_name
from ._validators import compile_check, kind, wrong

_NOWHERE = Scope("", {})


def validate(value: Any, type_: Any) -> Any:
    """`value` as `type_`, or ValidationError."""
    title = type_name(type_)
    try:
        check = STRICT[type_] if isinstance(type_, ModelMeta) else compile_check(type_, _NOWHERE)
        return check(value, STRICT)
    except RecursionError:
        raise ValidationError(title, [((), "the data is nested too deeply")]) from None
    except ValidationError as error:
        raise ValidationError(title, error.problems) from None


def validate_model(cls: type, value: Any) -> Any:
    """An instance of exactly this class."""
    try:
        return STRICT[cls](value, STRICT)
    except ValidationError as error:
        raise ValidationError(cls.__name__, error.problems) from None


def fill(model: object, data: Mapping[str, Any]) -> None:
    """What a constructor does: validates values by wire name and puts them into the empty model."""
    cls = type(model)
    values, extra = _checked(cls, data, STRICT)
    for name, value in values.items():
        object.__setattr__(model, name, value)
    object.__setattr__(model, "__extra__", extra)


def model_validator(cls: type) -> Hook:
    """The strict hook of a model class. Instances of the class pass as they are."""

    def check_model(data: object, hooks: Hooks) -> Any:
        if isinstance(data, cls):
            return data
        if not is_mapping(data):
            raise wrong(f"expected an object, got {kind(data)}")
        values, extra = _checked(cls, data, hooks)
        model = blank(cls)
        for name, value in values.items():
            object.__setattr__(model, name, value)
        object.__setattr__(model, "__extra__", extra)
        return model

    return check_model


def _checked(cls: type, data: Mapping[str, Any], hooks: Hooks) -> Tuple[Dict[str, Any], Optional[Dict[str, Any]]]:
    """The validated values by Python name, and the undeclared keys."""
    fields = fields_of(cls)
    values: Dict[str, Any] = {}
    problems: List[Problem] = []
    for info in fields.values():
        if info.wire_name not in data:
            if info.is_required():
                problems.append(Problem((info.wire_name,), "is missing"))
            continue
        try:
            values[info.name] = field_check(info)(data[info.wire_name], hooks)
        except ValidationError as error:
            problems.extend(problem.below(info.wire_name) for problem in error.problems)
    if problems:
        raise ValidationError(cls.__name__, problems)
    declared = {info.wire_name for info in fields.values()}
    extra = {key: value for key, value in data.items() if key not in declared}
    return values, extra or None


def field_check(info: FieldInfo) -> Hook:
    """The validator of a field."""
    made = info.hooks_made
    if made.get("epoch") is not epoch():
        made.clear()
        made["epoch"] = epoch()
    check: Optional[Hook] = made.get("strict")
    if check is None:
        annotation = info.annotation
        if annotation is UNRESOLVED:
            raise TypeError(f"the annotation of {info.name!r}, {info.raw!r}, names something that is not defined")
        check = made["strict"] = compile_check(annotation, info.scope)
    return check

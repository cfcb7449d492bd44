"""Validation of models: constructors, `model_validate`, strict responses."""

from __future__ import annotations

from typing import Any, Dict, FrozenSet, List, Mapping, NamedTuple, Optional, Tuple

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
        raise _too_deep(title) from None
    except ValidationError as error:
        raise ValidationError(title, error.problems) from None


def _too_deep(title: str) -> ValidationError:
    return ValidationError(title, [((), "the data is nested too deeply")])


def fill(model: object, data: Mapping[str, Any]) -> None:
    """What a constructor does: validates values by wire name and puts them into the empty model."""
    cls = type(model)
    try:
        values, extra = _checked(cls, data, STRICT)
    except RecursionError:
        raise _too_deep(cls.__name__) from None
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


class _Plan(NamedTuple):
    """How a class is validated, as long as nobody registers a hook."""

    epoch: object
    fields: Tuple[Tuple[str, str, bool, Optional[Hook], FieldInfo], ...]
    """Wire name, name, whether it is required, validator (if the annotation can be evaluated by now)."""

    declared: FrozenSet[str]


def _plan(cls: Any) -> _Plan:
    plan: Optional[_Plan] = cls.__dict__.get("__plan__")
    if plan is None or plan.epoch is not epoch():
        fields = fields_of(cls).values()
        plan = _Plan(
            epoch(),
            tuple((info.wire_name, info.name, info.is_required(), _check(info), info) for info in fields),
            frozenset(info.wire_name for info in fields),
        )
        cls.__plan__ = plan
    return plan


def _check(info: FieldInfo) -> Optional[Hook]:
    annotation = info.annotation
    return None if annotation is UNRESOLVED else compile_check(annotation, info.scope)


def _late_check(info: FieldInfo) -> Hook:
    check = _check(info)
    if check is None:
        raise TypeError(f"the annotation of {info.name!r}, {info.raw!r}, names something that is not defined")
    return check


def _checked(cls: type, data: Mapping[str, Any], hooks: Hooks) -> Tuple[Dict[str, Any], Optional[Dict[str, Any]]]:
    """The validated values by Python name, and the undeclared keys."""
    plan = _plan(cls)
    values: Dict[str, Any] = {}
    problems: List[Problem] = []
    for wire_name, name, required, check, info in plan.fields:
        if wire_name not in data:
            if required:
                problems.append(Problem((wire_name,), "is missing"))
            continue
        try:
            values[name] = (check or _late_check(info))(data[wire_name], hooks)
        except ValidationError as error:
            problems.extend(problem.below(wire_name) for problem in error.problems)
    if problems:
        raise ValidationError(cls.__name__, problems)
    if data.keys() <= plan.declared:
        return values, None
    return values, {key: value for key, value in data.items() if key not in plan.declared}

"""Reading data strictly: what does not fit raises `ValidationError`, with the path of each place.

Used by constructors, `model_validate` and strict responses. `EXACT` converts nothing: it has the first look at the
variants of a union without a discriminator.
"""

from __future__ import annotations

import collections.abc
import enum
from typing import Any, Callable, Dict, FrozenSet, Iterable, List, Literal, Mapping, NamedTuple, Optional, Tuple, Type

from .._typing import override
from .annotations import is_iterable, is_mapping, may_be_text, type_name
from .fields import UNRESOLVED, FieldInfo, Scope
from .hooks import Hook, Hooks, as_is, custom_hook, hooks_version
from .model_meta import ModelMeta, extra_info_of, fields_of, new_instance
from .strict_scalars import (
    SCALARS,
    check_date,
    check_datetime,
    check_parsed,
    check_timed_datetime,
    describe,
    invalid,
    json_type,
    with_validation_errors,
)
from .validation_error import Problem, ValidationError


class StrictHooks(Hooks):
    """A table whose hooks, called validators here, raise `ValidationError` for what does not fit."""

    __slots__ = ()

    scalars = SCALARS

    @override
    def custom(self, hook: Hook) -> Hook:
        return with_validation_errors(hook)

    @override
    def nullable(self, hook: Hook) -> Hook:
        return lambda data, hooks: None if data is None else hook(data, hooks)

    @override
    def unresolved(self, reference: Any, data: Any) -> Any:
        raise TypeError(f"the annotation {reference!r} names something that is not defined")

    @override
    def list_of(self, item: Hook) -> Hook:
        return _list(item)

    @override
    def dict_of(self, value: Hook) -> Hook:
        return _mapping(value)

    @override
    def tagged(self, property_name: str, variants: Mapping[Any, type]) -> Hook:
        return _tagged(property_name, variants)

    @override
    def untagged(self, members: List[Any], scope: Scope) -> Hook:
        return _untagged(members, variant_checks(members, scope))

    @override
    def other(self, origin: Any, arguments: Tuple[Any, ...], scope: Scope) -> Hook:
        if origin is Literal:
            return _literal(arguments)
        if origin in (tuple, set, frozenset):
            is_uniform = bool(arguments) and (origin is not tuple or arguments[1:] == (...,))
            return _collection(origin, self.compile(arguments[0], scope) if is_uniform else None)
        if _is_typed_dict(origin):
            return _mapping(as_is)
        if may_be_text(origin):
            from .formats import parser_of

            found = parser_of(origin)
            if found is not None:
                return check_parsed(*found)
        if isinstance(origin, enum.EnumMeta):
            return _enumeration(origin)
        return _instance(origin) if isinstance(origin, type) else as_is


def _make_hook(cls: type) -> Hook:
    custom = custom_hook(cls)
    return with_validation_errors(custom) if custom else model_validator(cls)


STRICT = StrictHooks(_make_hook)
EXACT = StrictHooks(_make_hook, exact=True)


def validate(value: Any, type_: Any) -> Any:
    """Return decoded JSON as a type.

    Raises:
        ValidationError: if it is not as the type says, or nested too deeply for the interpreter.
    """
    title = type_name(type_)
    try:
        check = STRICT[type_] if isinstance(type_, ModelMeta) else STRICT.compile(type_)
        return check(value, STRICT)
    except RecursionError:
        raise _too_deep(title) from None
    except ValidationError as error:
        raise ValidationError(title, error.problems) from None


def _too_deep(title: str) -> ValidationError:
    return ValidationError(title, [((), "the data is nested too deeply")])


def fill_validated(model: object, data: Mapping[str, Any]) -> None:
    """Validate values by wire name and put them into the empty model. This is what a constructor does.

    Raises:
        ValidationError: if a value is missing or not as declared.
    """
    cls = type(model)
    try:
        values, extra = _validated(cls, data, STRICT)
    except RecursionError:
        raise _too_deep(cls.__name__) from None
    for name, value in values.items():
        object.__setattr__(model, name, value)
    object.__setattr__(model, "__extra__", extra)


def model_validator(cls: Type[Any]) -> Hook:
    """Return the validator of a model class. Instances of the class pass as they are."""

    def check_model(data: object, hooks: Hooks) -> Any:
        if isinstance(data, cls):
            return data
        if not is_mapping(data):
            raise invalid(f"expected an object, got {json_type(data)}")
        values, extra = _validated(cls, data, hooks)
        model: object = new_instance(cls)
        for name, value in values.items():
            object.__setattr__(model, name, value)
        object.__setattr__(model, "__extra__", extra)
        return model

    return check_model


class _Plan(NamedTuple):
    """How a class is validated, as long as nobody registers a hook."""

    version: object
    fields: Tuple[Tuple[str, str, bool, Optional[Hook], FieldInfo], ...]
    """Wire name, name, whether it is required, validator (if the annotation can be evaluated by now), field."""

    declared: FrozenSet[str]

    extra: Optional[FieldInfo]
    """What undeclared keys are, where they have a type."""


def _plan(cls: Any) -> _Plan:
    plan: Optional[_Plan] = cls.__dict__.get("__plan__")
    if plan is None or plan.version is not hooks_version():
        fields = fields_of(cls).values()
        plan = _Plan(
            hooks_version(),
            tuple((info.wire_name, info.name, info.is_required(), _check(info), info) for info in fields),
            frozenset(info.wire_name for info in fields),
            extra_info_of(cls),
        )
        cls.__plan__ = plan
    return plan


def _check(info: FieldInfo) -> Optional[Hook]:
    annotation = info.annotation
    return None if annotation is UNRESOLVED else STRICT.compile(annotation, info.scope)


def _deferred_check(info: FieldInfo) -> Hook:
    check = _check(info)
    if check is None:
        raise TypeError(f"the annotation of {info.name!r}, {info.raw!r}, names something that is not defined")
    return check


def _validated(cls: type, data: Mapping[str, Any], hooks: Hooks) -> Tuple[Dict[str, Any], Optional[Dict[str, Any]]]:
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
            values[name] = (check or _deferred_check(info))(data[wire_name], hooks)
        except ValidationError as error:
            problems.extend(problem.below(wire_name) for problem in error.problems)
    undeclared = None
    if not data.keys() <= plan.declared:
        undeclared = {key: value for key, value in data.items() if key not in plan.declared}
        if plan.extra is not None:
            try:
                undeclared = _deferred_check(plan.extra)(undeclared, hooks)
            except ValidationError as error:
                problems.extend(error.problems)
    if problems:
        raise ValidationError(cls.__name__, problems)
    return values, undeclared


def best_match(value: Any, checks: List[Hook]) -> Tuple[bool, Any]:
    """Return whether a variant of a union without a discriminator fits a value, and the value as that variant.

    A variant that fits without conversions wins over one that needs some; then the one with the most fields set wins.
    """
    for hooks in (EXACT, STRICT):
        best: Optional[Tuple[int, Any]] = None
        for check in checks:
            try:
                fitted = check(value, hooks)
            except (ValidationError, TypeError, RecursionError):
                continue
            score = _fields_set(fitted)
            if best is None or score > best[0]:
                best = (score, fitted)
        if best is not None:
            return True, best[1]
    return False, None


def _fields_set(fitted: object) -> int:
    """How many declared fields of a model have a value."""
    count = 0
    for info in fields_of(type(fitted)).values() if isinstance(type(fitted), ModelMeta) else ():
        try:
            info.get(fitted)
            count += 1
        except AttributeError:
            pass
    return count


def _literal(values: Tuple[Any, ...]) -> Hook:
    expected = " or ".join(repr(value) for value in values)

    def check_literal(data: Any, hooks: Hooks) -> Any:
        for value in values:
            if type(value) is type(data) and value == data:
                return data
        raise invalid(f"expected {expected}, got {describe(data)}")

    return check_literal


def _list(check: Hook) -> Hook:
    def check_list(data: object, hooks: Hooks) -> List[Any]:
        lists = (list,) if hooks.exact else (list, tuple, set, frozenset, collections.abc.Iterator)
        if not is_iterable(data, lists):
            raise invalid(f"expected an array, got {json_type(data)}")
        return _each(enumerate(data), check, hooks)

    return check_list


def _each(items: Iterable[Tuple[Any, Any]], check: Hook, hooks: Hooks) -> List[Any]:
    checked: List[Any] = []
    problems: List[Problem] = []
    for step, item in items:
        try:
            checked.append(check(item, hooks))
        except ValidationError as error:
            problems.extend(problem.below(step) for problem in error.problems)
    if problems:
        raise ValidationError("", problems)
    return checked


def _mapping(check: Hook) -> Hook:
    def check_mapping(data: object, hooks: Hooks) -> Dict[Any, Any]:
        if not is_mapping(data):
            raise invalid(f"expected an object, got {json_type(data)}")
        steps = ((key if isinstance(key, (str, int)) else str(key), value) for key, value in data.items())
        return dict(zip(data, _each(steps, check, hooks)))

    return check_mapping


def _collection(cls: Any, item: Optional[Hook]) -> Hook:
    """`item` is the validator of all elements, if they are of one type."""
    make: Callable[[List[Any]], object] = cls
    of: type = cls
    check = _list(item or as_is)

    def check_collection(data: object, hooks: Hooks) -> Any:
        if isinstance(data, of) and item is None:
            return data
        return make(check(data, hooks))

    return check_collection


def _instance(cls: type) -> Hook:
    def check_instance(data: Any, hooks: Hooks) -> Any:
        if isinstance(data, cls):
            return data
        raise invalid(f"expected {cls.__name__}, got {json_type(data)}")

    return check_instance


def _enumeration(cls: Any) -> Hook:
    """A member, or the value of one."""
    expected = " or ".join(repr(member.value) for member in cls)

    def check_member(data: Any, hooks: Hooks) -> Any:
        if isinstance(data, cls):
            return data
        try:
            if not isinstance(data, bool):
                return cls(data)
        except ValueError:
            pass
        raise invalid(f"expected {expected}, got {describe(data)}")

    return check_member


def _is_typed_dict(type_: Any) -> bool:
    mapping: type = dict
    return isinstance(type_, type) and issubclass(type_, mapping) and hasattr(type_, "__total__")


def variant_checks(members: List[Any], scope: Scope) -> List[Hook]:
    """Return the validators of the variants of a union. Beside `date`, a date without a time is no `datetime`."""
    checks = [STRICT.compile(member, scope) for member in members]
    return [check_timed_datetime if check is check_datetime and check_date in checks else check for check in checks]


def _untagged(members: List[Any], checks: List[Hook]) -> Hook:
    names = " or ".join(type_name(member) for member in members)

    def check_union(data: Any, hooks: Hooks) -> Any:
        if hooks.exact:
            for check in checks:
                try:
                    return check(data, hooks)
                except ValidationError:
                    pass
        else:
            found, value = best_match(data, checks)
            if found:
                return value
        raise invalid(f"{describe(data)} fits none of {names}")

    return check_union


def _tagged(property_name: str, variants: Mapping[Any, type]) -> Hook:
    classes = tuple(variants.values())
    expected = " or ".join(repr(tag) for tag in variants)

    def check_variant(data: object, hooks: Hooks) -> Any:
        if isinstance(data, (*classes, hooks.unknown_variant)):
            return data
        if not is_mapping(data):
            raise invalid(f"expected an object, got {json_type(data)}")
        if property_name not in data:
            raise invalid("is missing").below(property_name)
        tag = data[property_name]
        variant = variants.get(tag) if isinstance(tag, (str, int)) else None
        if variant is None:
            raise invalid(f"expected {expected}, got {describe(tag)}").below(property_name)
        return hooks[variant](data, hooks)

    return check_variant

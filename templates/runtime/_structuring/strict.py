"""Reading data strictly: the first look at what does not fit raises `ValidationError` with its path.

Used by constructors, `model_validate` and strict responses. `EXACT` converts nothing: it has the first look at the
variants of a union without a discriminator.
"""

from __future__ import annotations

import collections.abc
import enum
from typing import Any, Callable, Dict, FrozenSet, Iterable, List, Literal, Mapping, NamedTuple, Optional, Tuple

from .annotations import is_iterable, is_mapping, type_name
from .fields import UNRESOLVED, FieldInfo, Scope
from .hooks import Hook, Hooks, custom_hook, hooks_version, keep
from .model_meta import ModelMeta, blank, fields_of
from .strict_scalars import SCALARS, check_date, check_datetime, guarded, kind, shown, timed, wrong
from .validation_error import Problem, ValidationError


class StrictHooks(Hooks):
    """Raises `ValidationError` for what does not fit."""

    __slots__ = ()

    scalars = SCALARS

    def guarded(self, hook: Hook) -> Hook:
        return guarded(hook)

    def nullable(self, hook: Hook) -> Hook:
        return lambda data, hooks: None if data is None else hook(data, hooks)

    def unresolved(self, reference: Any, data: Any) -> Any:
        raise TypeError(f"the annotation {reference!r} names something that is not defined")

    def list_of(self, item: Hook) -> Hook:
        return _list(item)

    def dict_of(self, value: Hook) -> Hook:
        return _mapping(value)

    def tagged(self, property_name: str, variants: Mapping[Any, type]) -> Hook:
        return _tagged(property_name, variants)

    def untagged(self, members: List[Any], scope: Scope) -> Hook:
        return _untagged(members, scope)

    def other(self, origin: Any, arguments: Tuple[Any, ...], scope: Scope) -> Hook:
        if origin is Literal:
            return _literal(arguments)
        if origin in (tuple, set, frozenset):
            return _collection(origin, arguments, scope)
        if _is_typed_dict(origin):
            return _mapping(keep)
        return _instance(origin) if isinstance(origin, type) else keep


def _make(cls: type) -> Hook:
    custom = custom_hook(cls)
    return guarded(custom) if custom else model_validator(cls)


STRICT = StrictHooks(_make)
EXACT = StrictHooks(_make, exact=True)


def validate(value: Any, type_: Any) -> Any:
    """`value` as `type_`, or ValidationError."""
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

    version: object
    fields: Tuple[Tuple[str, str, bool, Optional[Hook], FieldInfo], ...]
    """Wire name, name, whether it is required, validator (if the annotation can be evaluated by now)."""

    declared: FrozenSet[str]


def _plan(cls: Any) -> _Plan:
    plan: Optional[_Plan] = cls.__dict__.get("__plan__")
    if plan is None or plan.version is not hooks_version():
        fields = fields_of(cls).values()
        plan = _Plan(
            hooks_version(),
            tuple((info.wire_name, info.name, info.is_required(), _check(info), info) for info in fields),
            frozenset(info.wire_name for info in fields),
        )
        cls.__plan__ = plan
    return plan


def _check(info: FieldInfo) -> Optional[Hook]:
    annotation = info.annotation
    return None if annotation is UNRESOLVED else STRICT.compile(annotation, info.scope)


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


def best_match(value: Any, checks: List[Hook]) -> Tuple[bool, Any]:
    """The variant of an untagged union that fits: exactly if one does, else laxly; the most fields set wins."""
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
        raise wrong(f"expected {expected}, got {shown(data)}")

    return check_literal


def _list(check: Hook) -> Hook:
    def check_list(data: object, hooks: Hooks) -> List[Any]:
        lists = (list,) if hooks.exact else (list, tuple, set, frozenset, collections.abc.Iterator)
        if not is_iterable(data, lists):
            raise wrong(f"expected an array, got {kind(data)}")
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
            raise wrong(f"expected an object, got {kind(data)}")
        steps = ((key if isinstance(key, (str, int)) else str(key), value) for key, value in data.items())
        return dict(zip(data, _each(steps, check, hooks)))

    return check_mapping


def _collection(cls: Any, arguments: Tuple[Any, ...], scope: Scope) -> Hook:
    remake: Callable[[List[Any]], object] = cls
    of: type = cls
    homogeneous = bool(arguments) and (cls is not tuple or arguments[1:] == (...,))
    check = _list(STRICT.compile(arguments[0], scope) if homogeneous else keep)

    def check_collection(data: object, hooks: Hooks) -> Any:
        if isinstance(data, of) and not homogeneous:
            return data
        return remake(check(data, hooks))

    return check_collection


def _instance(cls: type) -> Hook:
    def check_instance(data: Any, hooks: Hooks) -> Any:
        if isinstance(data, cls):
            return data
        if issubclass(cls, enum.Enum):
            try:
                return cls(data)
            except ValueError:
                pass
        raise wrong(f"expected {cls.__name__}, got {kind(data)}")

    return check_instance


def _is_typed_dict(type_: Any) -> bool:
    mapping: type = dict
    return isinstance(type_, type) and issubclass(type_, mapping) and hasattr(type_, "__total__")


def variant_checks(members: List[Any], scope: Scope) -> List[Hook]:
    """The validators of the variants of an untagged union. Beside `date`, a date without a time is no `datetime`."""
    checks = [STRICT.compile(member, scope) for member in members]
    return [timed if check is check_datetime and check_date in checks else check for check in checks]


def _untagged(members: List[Any], scope: Scope) -> Hook:
    checks = variant_checks(members, scope)
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
        raise wrong(f"{shown(data)} fits none of {names}")

    return check_union


def _tagged(property_name: str, variants: Mapping[Any, type]) -> Hook:
    classes = tuple(variants.values())
    expected = " or ".join(repr(tag) for tag in variants)

    def check_variant(data: object, hooks: Hooks) -> Any:
        if isinstance(data, (*classes, hooks.unknown_variant)):
            return data
        if not is_mapping(data):
            raise wrong(f"expected an object, got {kind(data)}")
        if property_name not in data:
            raise wrong("is missing").below(property_name)
        tag = data[property_name]
        variant = variants.get(tag) if isinstance(tag, (str, int)) else None
        if variant is None:
            raise wrong(f"expected {expected}, got {shown(tag)}").below(property_name)
        return hooks[variant](data, hooks)

    return check_variant

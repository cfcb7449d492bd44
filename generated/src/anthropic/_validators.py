"""Validators of types: hooks that raise `ValidationError`, made from annotations.

Lax, as JSON needs it: an int may come as a numeric string or an integral float, a date as text. In the table `EXACT`
nothing is converted.
"""

from __future__ import annotations

import collections.abc
import enum
import re
from datetime import date, datetime
from typing import Any, Callable, Dict, Iterable, List, Literal, Optional, Tuple, get_args, get_origin

from ._dates import is_plain_date, parse_date, parse_datetime
from ._errors import Problem, ValidationError
from ._fields import UNRESOLVED, Discriminator, Scope
from ._loose import discriminator_of, known, variants_of
from ._model_meta import ModelMeta, fields_of
from ._structure import EXACT, STRICT, Hook, Hooks, custom_hook
from ._type_shapes import LISTS, MAPPINGS, is_dict, is_iterable, is_list, is_mapping, is_union, type_name, unwrap

_INTEGER = re.compile(r"\s*[+-]?\d+(?:_\d+)*(?:\.0*)?\s*", re.ASCII)
_BOOLEANS = {
    **dict.fromkeys(("true", "t", "yes", "y", "on", "1"), True),
    **dict.fromkeys(("false", "f", "no", "n", "off", "0"), False),
}
_KINDS: Dict[type, str] = {type(None): "null", bool: "a boolean", str: "a string", int: "an integer", float: "a number"}


def wrong(message: str) -> ValidationError:
    """The error about the value itself; whoever holds the value adds the path."""
    return ValidationError("", [((), message)])


def kind(value: object) -> str:
    """What a value is, in JSON's words where it has some."""
    if is_dict(value):
        return "an object"
    if is_list(value):
        return "an array"
    return _KINDS.get(type(value), type(value).__name__)


def guarded(hook: Hook) -> Hook:
    """A hook of a user's: what it raises about a value becomes a ValidationError."""

    def check_custom(data: Any, hooks: Hooks) -> Any:
        try:
            return hook(data, hooks)
        except ValidationError:
            raise
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise wrong(f"{type(error).__name__}: {error}") from error

    return check_custom


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


def compile_check(type_: Any, scope: Scope) -> Hook:
    """The validator of any type."""
    custom = custom_hook(type_)
    if custom is not None:
        return guarded(custom)
    if isinstance(type_, str) or hasattr(type_, "__forward_arg__"):
        return _late(type_, scope)
    discriminator = discriminator_of(type_)
    type_ = unwrap(type_)
    if is_union(type_):
        return _union(type_, discriminator, scope)
    if isinstance(type_, ModelMeta):
        cls: type = type_
        return lambda data, hooks: hooks[cls](data, hooks)
    simple = _simple(type_)
    if simple is not None:
        return simple
    origin, arguments = get_origin(type_) or type_, get_args(type_)
    if origin is Literal:
        return _literal(arguments)
    if origin in LISTS:
        return _list(compile_check(arguments[0], scope) if arguments else _anything)
    if origin in MAPPINGS:
        return _mapping(compile_check(arguments[1], scope) if len(arguments) == 2 else _anything)
    if origin in (tuple, set, frozenset):
        return _collection(origin, arguments, scope)
    if isinstance(origin, type) and not _is_typed_dict(origin):
        return compile_check(origin, scope) if isinstance(origin, ModelMeta) else _instance(origin)
    return _mapping(_anything) if _is_typed_dict(origin) else _anything


def _simple(type_: Any) -> Optional[Hook]:
    try:
        return _SIMPLE.get(type_)
    except TypeError:  # unhashable
        return None


def _anything(data: Any, hooks: Hooks) -> Any:
    return data


def _string(data: Any, hooks: Hooks) -> Any:
    if isinstance(data, str):
        return data
    raise wrong(f"expected a string, got {kind(data)}")


def _integer(data: Any, hooks: Hooks) -> Any:
    if type(data) is int:
        return data
    if hooks is not EXACT:
        if isinstance(data, int):
            return int(data)
        if isinstance(data, float) and data.is_integer():
            return int(data)
        if isinstance(data, str) and _INTEGER.fullmatch(data):
            try:
                return int(data.partition(".")[0])
            except ValueError:  # more digits than Python's limit
                pass
    raise wrong(f"expected an integer, got {_shown(data)}")


def _float(data: Any, hooks: Hooks) -> Any:
    if type(data) is float or (type(data) is int and hooks is EXACT):
        return data
    if hooks is not EXACT and isinstance(data, (int, float, str)):
        try:
            return float(data)
        except (ValueError, OverflowError):
            pass
    raise wrong(f"expected a number, got {_shown(data)}")


def _boolean(data: Any, hooks: Hooks) -> Any:
    if isinstance(data, bool):
        return data
    if hooks is not EXACT:
        if isinstance(data, (int, float)) and data in (0, 1):
            return bool(data)
        if isinstance(data, str) and data.lower() in _BOOLEANS:
            return _BOOLEANS[data.lower()]
    raise wrong(f"expected a boolean, got {_shown(data)}")


def _null(data: Any, hooks: Hooks) -> Any:
    if data is None:
        return data
    raise wrong(f"expected null, got {kind(data)}")


def _bytes(data: Any, hooks: Hooks) -> Any:
    if isinstance(data, (bytes, bytearray)):
        return bytes(data)
    if isinstance(data, str) and hooks is not EXACT:
        return data.encode("utf-8", "surrogatepass")
    raise wrong(f"expected bytes, got {kind(data)}")


def _datetime(data: Any, hooks: Hooks) -> Any:
    parsed = parse_datetime(data) if hooks is not EXACT or isinstance(data, datetime) else None
    if parsed is None:
        raise wrong(f"expected a date and time, got {_shown(data)}")
    return parsed


def _timed(data: Any, hooks: Hooks) -> Any:
    if is_plain_date(data):
        raise wrong(f"expected a date and time, got {_shown(data)}")
    return _datetime(data, hooks)


def _date(data: Any, hooks: Hooks) -> Any:
    parsed = parse_date(data) if hooks is not EXACT or isinstance(data, date) else None
    if parsed is None:
        raise wrong(f"expected a date, got {_shown(data)}")
    return parsed


_SIMPLE: Dict[Any, Hook] = {
    Any: _anything,
    object: _anything,
    str: _string,
    int: _integer,
    float: _float,
    bool: _boolean,
    bytes: _bytes,
    None: _null,
    type(None): _null,
    datetime: _datetime,
    date: _date,
    list: lambda data, hooks: _list(_anything)(data, hooks),
    dict: lambda data, hooks: _mapping(_anything)(data, hooks),
}


def _shown(data: Any) -> str:
    return f"the string {data!r}" if isinstance(data, str) and len(data) <= 20 else kind(data)


def _literal(values: Tuple[Any, ...]) -> Hook:
    expected = " or ".join(repr(value) for value in values)

    def check_literal(data: Any, hooks: Hooks) -> Any:
        for value in values:
            if type(value) is type(data) and value == data:
                return data
        raise wrong(f"expected {expected}, got {_shown(data)}")

    return check_literal


def _list(check: Hook) -> Hook:
    def check_list(data: object, hooks: Hooks) -> List[Any]:
        lists = (list,) if hooks is EXACT else (list, tuple, set, frozenset, collections.abc.Iterator)
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
    check = _list(compile_check(arguments[0], scope) if homogeneous else _anything)

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


def _late(reference: Any, scope: Scope) -> Hook:
    check: Optional[Hook] = None

    def check_late(data: Any, hooks: Hooks) -> Any:
        nonlocal check
        if check is None:
            type_ = scope.evaluate(reference)
            if type_ is UNRESOLVED:
                raise TypeError(f"the annotation {reference!r} names something that is not defined")
            check = compile_check(type_, scope)
        return check(data, hooks)

    return check_late


def _union(type_: Any, discriminator: Optional[Discriminator], scope: Scope) -> Hook:
    members = [known(member, scope) for member in get_args(type_)]
    nullable = type(None) in members
    members = [member for member in members if member is not type(None)]
    if discriminator is not None:
        check = _tagged(discriminator.property_name, variants_of(members, discriminator))
    elif len(members) == 1:
        check = compile_check(members[0], scope)
    else:
        check = _untagged(members, scope)
    return lambda data, hooks: None if data is None and nullable else check(data, hooks)


def variant_checks(members: List[Any], scope: Scope) -> List[Hook]:
    """The validators of the variants of an untagged union. Beside `date`, a date without a time is no `datetime`."""
    checks = [compile_check(member, scope) for member in members]
    return [_timed if check is _datetime and _date in checks else check for check in checks]


def _untagged(members: List[Any], scope: Scope) -> Hook:
    checks = variant_checks(members, scope)
    names = " or ".join(type_name(member) for member in members)

    def check_union(data: Any, hooks: Hooks) -> Any:
        if hooks is EXACT:
            for check in checks:
                try:
                    return check(data, hooks)
                except ValidationError:
                    pass
        else:
            found, value = best_match(data, checks)
            if found:
                return value
        raise wrong(f"{_shown(data)} fits none of {names}")

    return check_union


def _tagged(property_name: str, variants: Dict[Any, type]) -> Hook:
    classes = tuple(variants.values())
    expected = " or ".join(repr(tag) for tag in variants)

    def check_variant(data: object, hooks: Hooks) -> Any:
        from ._models import UnknownVariant

        if isinstance(data, (*classes, UnknownVariant)):
            return data
        if not is_mapping(data):
            raise wrong(f"expected an object, got {kind(data)}")
        if property_name not in data:
            raise wrong("is missing").below(property_name)
        tag = data[property_name]
        variant = variants.get(tag) if isinstance(tag, (str, int)) else None
        if variant is None:
            raise wrong(f"expected {expected}, got {_shown(tag)}").below(property_name)
        return hooks[variant](data, hooks)

    return check_variant

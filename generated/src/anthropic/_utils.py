"""Small tools that generated code uses."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from functools import wraps
from typing import Any, Callable, Generic, Mapping, Sequence, TypeVar, cast, overload

from ._lazy import httpx
from ._public import public as public
from ._types import NOT_GIVEN, Body, Headers, NotGiven, Omit, Query, RequestOptions
from ._typing import Self

_T = TypeVar("_T")
_CallableT = TypeVar("_CallableT", bound=Callable[..., Any])


class cached_property(Generic[_T]):  # spelled like the one of functools, which it replaces
    """A property computed once. Threads that ask at the same time all get the same object."""

    def __init__(self, compute: Callable[[Any], _T]) -> None:
        self._compute = compute
        self._name = compute.__name__
        self.__doc__ = compute.__doc__

    @overload
    def __get__(self, instance: None, owner: type[Any]) -> Self: ...

    @overload
    def __get__(self, instance: object, owner: type[Any]) -> _T: ...

    def __get__(self, instance: object | None, owner: type[Any]) -> Self | _T:
        if instance is None:
            return self
        value: _T = instance.__dict__.setdefault(self._name, self._compute(instance))
        return value


def make_request_options(
    *,
    headers: Mapping[str, str | NotGiven | Omit] | None = None,
    query: Query | None = None,
    extra_headers: Headers | None = None,
    extra_query: Query | None = None,
    extra_body: Body | None = None,
    timeout: float | httpx.Timeout | None | NotGiven,
    files_in: str | None = None,
    encoder: Callable[[object], object] | None = None,
    body: Body | NotGiven = NOT_GIVEN,
    errors: Any = None,
    not_modified: bool = False,
    security: Sequence[Mapping[str, Sequence[str]]] | None = None,
    server: str | None = None,
) -> RequestOptions:
    """Return the options of one call of a generated method. What the user gives wins over what the method sends.

    `files_in` names the type of the parameters, where that has places for files. `encoder` writes the body. `body` is
    that of a verb which usually has none. `errors` are the types of the bodies of errors, by status. With
    `not_modified` status 304 is no error. `security` and `server` are what an operation has of its own.
    """
    options: dict[str, Any] = {}
    if headers:
        options["headers"] = {**given(headers), **extra_headers} if extra_headers else given(headers)
    elif extra_headers:
        options["headers"] = extra_headers
    if query:
        options["params"] = {**given(query), **(extra_query or {})}
    elif extra_query:
        options["params"] = extra_query
    if extra_body is not None:
        options["extra_json"] = extra_body
    if is_given(timeout):
        options["timeout"] = timeout
    if files_in is not None:
        options["files_in"] = files_in
    if encoder is not None:
        options["encoder"] = encoder
    if not isinstance(body, NotGiven):
        options["json_data"] = body
    if errors is not None:
        options["errors"] = errors
    if not_modified:
        options["not_modified"] = True
    if security is not None:
        options["security"] = security
    if server is not None:
        options["server"] = server
    options["expects_json"] = True
    return cast(RequestOptions, options)


def is_given(value: object) -> bool:
    """Whether an argument was passed."""
    return not isinstance(value, NotGiven)


def given(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the entries whose value was passed."""
    return {name: value for name, value in values.items() if not isinstance(value, NotGiven)}


def required_args(*variants: Sequence[str], positional: Sequence[str] = ()) -> Callable[[_CallableT], _CallableT]:
    """Decorate a method so that a call checks that the arguments of one of the variants are all there.

    If they are not, the call raises a `TypeError`. Methods with overloads need it: their last signature allows more.
    `positional` are the arguments that may be given without their names, in order.

        @required_args(["model", "messages"], ["model", "messages", "stream"])
        def create(self, *, model=NOT_GIVEN, messages=NOT_GIVEN, stream=NOT_GIVEN): ...
    """
    wanted = [frozenset(variant) for variant in variants]

    def decorate(function: _CallableT) -> _CallableT:
        @wraps(function)
        def wrapper(self: Any, *args: Any, **kwargs: Any) -> Any:
            names: AbstractSet[str] = kwargs.keys()
            if args:
                names = _with_positional(function, args, positional, names)
            for variant in wanted:
                if names >= variant:
                    return function(self, *args, **kwargs)
            raise TypeError(_missing(variants))

        return cast(_CallableT, wrapper)

    return decorate


def _with_positional(
    function: Callable[..., Any], args: Sequence[object], positional: Sequence[str], names: AbstractSet[str]
) -> AbstractSet[str]:
    """Return the names of all arguments of a call."""
    if len(args) > len(positional):
        most = len(positional) + 1
        raise TypeError(f"{function.__name__}() takes {most} argument(s) but {len(args) + 1} were given")
    return names | set(positional[: len(args)])


def _missing(variants: Sequence[Sequence[str]]) -> str:
    if len(variants) == 1:
        return f"Missing required argument{'s' if len(variants[0]) > 1 else ''}: {_join(variants[0], 'and')}"
    choices = _join([f"({_join(variant, 'and')})" for variant in variants], "or", quoted=False)
    return f"Missing required arguments; Expected either {choices} arguments to be given"


def _join(words: Sequence[str], last: str, *, quoted: bool = True) -> str:
    parts = [f"'{word}'" if quoted else word for word in words]
    return f" {last} ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else parts[0]


def retiring_value(value: _T, dates: Mapping[str, str], message: str) -> _T:
    """Return the value, and warn at the caller's line if it retires at some date."""
    if isinstance(value, str) and value in dates:
        from ._deprecated import warn

        warn(message.format(value=value, date=dates[value]))
    return value


def renamed_value(value: _T, renamed: Mapping[str, str], message: str) -> _T:
    """Return the value to send, and warn at the caller's line if an old one was given."""
    if not isinstance(value, str) or value not in renamed:
        return value
    from ._deprecated import warn

    new = renamed[value]
    warn(message.format(value=value, new=new))
    return cast(_T, new)


def at_call(
    check: Callable[[Any, Mapping[str, str], str], Any], parameter: str, values: Mapping[str, str], message: str
) -> Callable[[_CallableT], _CallableT]:
    """Decorate an async method so that an argument is checked at the line of the call; it may be awaited elsewhere."""

    def decorate(function: _CallableT) -> _CallableT:
        @wraps(function)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            if parameter in kwargs:
                kwargs[parameter] = check(kwargs[parameter], values, message)
            return function(*args, **kwargs)

        return cast(_CallableT, wrapper)

    return decorate


def format_path(template: str, /, **parameters: object) -> str:
    """Fill path parameters in: `format_path("/v1/things/{id}", id="a/b")` → `/v1/things/a%2Fb`.

    They are percent-encoded (RFC 3986 §2.1), also those of one or two dots, which RFC 3986 §5.2.4 takes out of paths.

    Raises:
        ValueError: if a value is empty, as that would change the path.
    """
    for name, value in parameters.items():
        text = _path_text(value)
        if not text:
            raise ValueError(f"Expected a non-empty value for `{name}` but received {value!r}")
        template = template.replace("{" + name + "}", _encode_segment(text))
    return template


def _path_text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None or not is_given(value) else str(value)


def _encode_segment(text: str) -> str:
    from urllib.parse import quote

    # A lone dot or two would be resolved away by servers and proxies.
    return text.replace(".", "%2E") if text in (".", "..") else quote(text, safe="")

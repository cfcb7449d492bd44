"""Programs about the clients themselves: their defaults, what they send by themselves, their streams."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from sdkloom.ir.api import Api
from sdkloom.ir.symbols import method_symbol
from sdkloom.specdiff.model import Column

from .program import Program

_CLASSES = {
    400: "BadRequestError",
    401: "AuthenticationError",
    403: "PermissionDeniedError",
    404: "NotFoundError",
    409: "ConflictError",
    422: "UnprocessableEntityError",
    429: "RateLimitError",
}
_RUNTIME = frozenset({Column.RUNTIME})


@attrs.frozen(kw_only=True)
class ClientPrograms:
    """Makes programs of the clients of one package. `other` is what the package becomes."""

    api: Api
    other: Api

    @property
    def _package(self) -> str:
        return self.api.package.import_name

    @property
    def _class(self) -> str:
        return f"{self._package}.{self.api.client.class_name}"

    def programs(self) -> Iterator[Program]:
        """Yield all of them."""
        yield from self._environment()
        yield from self._defaults()
        yield from self._library()
        yield from self._streams()
        yield from self._credentials()
        touches = frozenset({self._class})
        options = 'options={"headers": {"x-prove": "anything"}}'
        body = (f'client.post("/anything", cast_to=object, {options})', 'reached.append("called")')
        yield Program(body=body, touches=touches, checked=False)
        if _extra_query(self.api) == _extra_query(self.other):
            return
        client = f'{self._class}(default_query={{"sizes": ["a", "b"], "nothing": ""}}, http_client=http_client)'
        yield self._unusual(f"made = {client}", f'made.post("/anything", cast_to=object, {options})')

    def _environment(self) -> Iterator[Program]:
        client = self.api.client
        touches = frozenset({self._class})
        for credential in client.credentials:
            if credential.env:
                body = (f"made = {self._class}()", f'sure(made.{credential.option} == "secret")')
                symbol = f"{self._class}({credential.option}=)"
                yield Program(body=body, touches=touches | {symbol}, env=((credential.env, "secret"),), checked=False)
        if client.base_url_env:
            url = "https://elsewhere.example/v9"
            body = (f"made = {self._class}()", f'sure(str(made.base_url).startswith("{url}"))')
            yield Program(body=body, touches=touches, env=((client.base_url_env, url),), checked=False)
        if client.log_env and client.log_env != self.other.client.log_env:
            script = (
                f"import logging, {self._package}; {self._class}; print(logging.getLogger({self._package!r}).level)"
            )
            body = (
                "import os, subprocess, sys",
                'env = {**os.environ, "PYTHONPATH": sys.path[0]}',
                f"found = subprocess.run([sys.executable, '-c', {script!r}], env=env, capture_output=True, text=True)",
                'sure(found.stdout.strip() == "10")',
            )
            env = ((client.log_env, "debug"),)
            yield Program(body=body, touches=touches, env=env, usual=False, checked=False)

    def _defaults(self) -> Iterator[Program]:
        client = self.api.client
        made = f"made = {self._class}()"
        tests = [f"made.max_retries == {client.max_retries!r}"]
        if client.base_url:
            tests.append(f"str(made.base_url).rstrip('/') == {client.base_url.rstrip('/')!r}")
        for test in tests:
            yield self._unusual(made, f"sure({test})")
        timeout = (made, "timeout: Any = made.timeout", "timeout = timeout.as_dict() if timeout else {}")
        for key, value in (("read", client.timeout), ("connect", client.connect_timeout)):
            yield self._unusual(*timeout, f"sure(timeout.get({key!r}) == {value!r})")
        limits = f"from {self._package}._constants import DEFAULT_CONNECTION_LIMITS as limits"
        for key, limit in (
            ("max_connections", client.max_connections),
            ("max_keepalive_connections", client.max_keepalive_connections),
        ):
            yield self._unusual(limits, f"sure(limits.{key} == {limit!r})")

    def _unusual(self, *body: str) -> Program:
        touches = frozenset({self._class})
        return Program(body=body, touches=touches, usual=False, checked=False, columns=_RUNTIME)

    def _library(self) -> Iterator[Program]:
        """What comes from httpx."""
        library = self.api.client.http_library
        touches = frozenset({self._class})
        start = f"import {library} as library"
        body = (start, f"made = {self._class}(http_client=library.Client())", "anything(made)")
        yield Program(body=body, touches=touches)
        body = (start, f"made = {self._class}(timeout=library.Timeout(5))", "anything(made)")
        yield Program(body=body, touches=touches)
        body = (start, "sure(isinstance(client.base_url, library.URL))")
        yield Program(body=body, touches=touches, checked=False)

    def _streams(self) -> Iterator[Program]:
        """A stream that is asked for by hand."""
        touches = frozenset({self._class, f"{self._package}.Stream"})

        def start(asked: str) -> tuple[str, ...]:
            how = f'options={{"headers": {{"x-prove": "{asked}"}}}}, stream=True'
            call = f'client.get("/stream", cast_to=object, {how}, stream_cls={self._package}.Stream[object])'
            return (f"stream = {call}", "for item in stream:", "    anything(item)")

        yield Program(body=start("stream"), touches=touches, checked=False)
        body = (*start("stream"), "sure(stream.complete)")
        yield Program(body=body, touches=touches, usual=False, checked=False)
        body = (*start("stream")[:1], "sure(len(list(stream)) >= 2)")  # a server may have less to say
        yield Program(body=body, touches=touches, usual=False, checked=False, columns=_RUNTIME)
        yield Program(
            body=_failing(start("stream-any"), f"{self._package}.APIError"), touches=touches, usual=False, checked=False
        )
        for error, status in self.api.client.error_statuses:
            class_name = _CLASSES.get(status, "InternalServerError" if status >= 500 else "APIStatusError")
            body = _failing(start(f"stream-{error}"), f"{self._package}.{class_name}")
            yield Program(body=body, touches=touches, checked=False)

    def _credentials(self) -> Iterator[Program]:
        """A call with each of the credentials alone, and one with all of them."""
        names = [credential.option for credential in self.api.client.credentials]
        methods = [(resource, method) for resource in self.api.resources for method in resource.methods]
        easy = [
            (resource, method) for resource, method in methods if not any(param.required for param in method.params)
        ]
        for resource, method in easy[:1]:
            symbol = method_symbol(resource.path, method.name)
            for options in ([name] for name in names):
                yield self._called(symbol, options, usual=True)
            if len(names) > 1:
                yield self._called(symbol, names, usual=False)

    def _called(self, symbol: str, options: list[str], *, usual: bool) -> Program:
        given = ", ".join(f'{name}="secret"' for name in options)
        touches = frozenset(f"{self._class}({name}=)" for name in options) | {self._class, symbol}
        body = (
            f"made = {self._class}({given}, http_client=http_client, max_retries=0)",
            f"anything(made.{symbol.removeprefix('client.')}())",
        )
        columns = frozenset(Column) if usual else _RUNTIME
        return Program(body=body, touches=touches, usual=usual, columns=columns, checked=False)


def _extra_query(api: Api) -> tuple[object, ...]:
    return api.client.query_arrays, api.client.query_empty


def _failing(lines: tuple[str, ...], class_name: str) -> tuple[str, ...]:
    return ("try:", *(f"    {line}" for line in lines), "    sure(False)", f"except {class_name}:", "    sure(True)")

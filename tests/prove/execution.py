"""Runs the programs of one package with the same package or with another one, against a server."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import os
import sys
import tempfile
import types
import warnings
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import attrs

from ..wire.recorder import Seen
from .program import Program, Source, name_of
from .server import Server
from .states import State

_NOT_COMPARED = ("user-agent", "x-stainless", "accept", "content-", "host", "connection", "transfer-encoding")


@attrs.define(kw_only=True)
class Run:
    """What came of one program, over all responses that the server had for it."""

    passed: int = 0
    """How often it did what it is for."""
    idle: int = 0
    """How often it came to its end without having got there: what it reads was missing."""
    failed: int = 0
    error: str = ""
    refused: frozenset[str] = frozenset()
    doubtful: frozenset[str] = frozenset()
    warned: frozenset[str] = frozenset()
    sent: frozenset[tuple[str, ...]] = frozenset()
    """Headers and query parameters of its requests."""
    bodies: frozenset[bytes] = frozenset()
    understood: frozenset[str] = frozenset()
    """The parameters as the server read them."""
    objects: frozenset[str] = frozenset()
    """What it made by hand, as JSON."""

    @property
    def is_good(self) -> bool:
        return self.passed > 0 and not self.failed


Runs = list[Run]
"""Those of all programs, with one server."""


def run_all(package: State, programs: Source, old: State, servers: Sequence[Server], *, is_strict: bool) -> list[Runs]:
    """Run the programs that were written against `old` with the package of a state, against each of some servers."""
    with imported(package, old, programs) as module:
        return [
            [
                _run(number, program, module, old, package, server, is_strict)
                for number, program in enumerate(programs.programs)
            ]
            for server in servers
        ]


@contextlib.contextmanager
def imported(package: State, old: State, programs: Source) -> Iterator[types.ModuleType | BaseException]:
    """The module of the programs, with the package of a state for what they import; or why it can't be imported."""
    folder = str(_folder(package))
    names = {package.package, old.package}
    _forget(names)
    sys.path.insert(0, folder)
    try:
        module = types.ModuleType("programs")
        try:
            exec(compile(_tolerant(programs.text, old.package), "programs.py", "exec"), module.__dict__)
        except Exception as error:
            yield error
        else:
            yield module
    finally:
        sys.path.remove(folder)
        _forget(names)


def _tolerant(text: str, package: str) -> str:
    """The programs, with imports of modules of the package that may fail: what uses them fails later."""
    lines = []
    for line in text.splitlines():
        if line.startswith(f"import {package}."):
            line = f"try:\n    {line}\nexcept ImportError:\n    pass"
        lines.append(line)
    return "\n".join(lines)


@cache
def _folder(state: State) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="prove-"))
    state.write(folder)
    importlib.invalidate_caches()
    return folder


def _forget(names: set[str]) -> None:
    for loaded in [each for each in sys.modules if each.split(".")[0] in names]:
        del sys.modules[loaded]


def _run(
    number: int, program: Program, module: Any, old: State, package: State, server: Server, is_strict: bool
) -> Run:
    run = Run()
    if not program.runs:
        return run
    round = 0
    rounds = 1
    refused: set[str] = set()
    doubtful: set[str] = set()
    warned: set[str] = set()
    sent: set[tuple[str, ...]] = set()
    bodies: set[bytes] = set()
    understood: set[str] = set()
    objects: set[str] = set()
    while round < rounds:
        server.start(round, is_strict=is_strict)
        with _environment(program), warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            try:
                if isinstance(module, BaseException):
                    raise module
                module.reached.clear()
                module.objects.clear()
                _call(number, program, module, old, package, server)
            except Exception as error:
                run.failed += 1
                run.error = run.error or f"{type(error).__name__}: {str(error)[:200]}"
            else:
                if module.reached or not _has_marks(program):
                    run.passed += 1
                else:
                    run.idle += 1
                objects.update(module.objects)
        traffic = server.traffic
        if traffic.crash is not None:
            raise RuntimeError(f"the server failed: {program.body}") from traffic.crash
        refused.update(traffic.refused)
        doubtful.update(traffic.doubtful)
        warned.update(str(each.message) for each in caught if issubclass(each.category, DeprecationWarning))
        sent.update(item for seen in traffic.requests for item in _items(seen, old))
        bodies.update(seen.body for seen in traffic.requests)
        understood.update(traffic.understood)
        rounds = max(rounds, traffic.replies) if program.varies else 1
        round += 1
    run.refused, run.doubtful = frozenset(refused), frozenset(doubtful)
    run.warned, run.sent, run.bodies = frozenset(warned), frozenset(sent), frozenset(bodies)
    run.understood, run.objects = frozenset(understood), frozenset(objects)
    return run


_MARKS = (
    *("text(", "integer(", "number(", "boolean(", "raw(", "moment(", "day(", "clock(", "duration(", "unique("),
    *("exact(", "anything(", "sure(", "by_hand(", "reached."),
)


def _has_marks(program: Program) -> bool:
    return any(mark in line for line in program.body for mark in _MARKS)


@contextlib.contextmanager
def _environment(program: Program) -> Iterator[None]:
    before = {name: os.environ.get(name) for name, _ in program.env}
    os.environ.update(program.env)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name)
            os.environ.update({name: value} if value is not None else {})


def _call(number: int, program: Program, module: Any, old: State, package: State, server: Server) -> None:
    function = getattr(module, name_of(number))
    client = old.spec_state.api.client
    needs_client = any("client." in line or "http_client=http_client" in line for line in program.body)
    if not program.is_async:
        made = _client(module, old, package, client.class_name, server) if needs_client else None
        function(made)
        return

    async def main() -> None:
        made = _client(module, old, package, client.async_class_name, server)
        await function(made)
        await made.close()

    asyncio.run(main())


def _client(module: Any, old: State, package_state: State, class_name: str, server: Server) -> Any:
    """The client that is given to a program, made as the old package asks for it."""
    package = getattr(module, old.package)  # of this name, whichever side it is of
    library = _library(package)
    transport = library.MockTransport(lambda request: _response(library, server, request))
    is_async = class_name == old.spec_state.api.client.async_class_name
    http_client = (library.AsyncClient if is_async else library.Client)(transport=transport)
    module.http_client = http_client
    options: dict[str, Any] = {"http_client": http_client, "max_retries": 0}
    if not old.spec_state.api.client.base_url and old.spec_state.api.client.servers is None:
        options["base_url"] = "https://api.example"
    made = getattr(package, class_name)
    try:
        return made(**options, **credentials(old))
    except TypeError:  # programs of their own look at the options
        return made(**options, **credentials(package_state))


def _library(package: Any) -> Any:
    name = importlib.import_module(f"{package.__name__}._lazy").httpx.Client.__module__.partition(".")[0]
    return importlib.import_module(name)


def _response(library: Any, server: Server, request: Any) -> Any:
    response = server(request)
    if library.__name__ == "httpx":
        return response
    return library.Response(response.status_code, headers=list(response.headers.items()), content=response.content)


def credentials(state: State) -> dict[str, str]:
    """The options with which somebody makes a client: as much as the first operation asks for."""
    api = state.spec_state.api
    schemes = {scheme.name: scheme for scheme in api.client.schemes}
    if not schemes:
        return {credential.option: "secret" for credential in api.client.credentials[:1]}
    methods = [method for resource in api.resources for method in resource.methods]
    needed = [method.security if method.security is not None else api.client.security for method in methods]
    options = [
        option
        for requirement in needed[:1]
        for name, _ in (requirement[0] if requirement else ())
        for option in schemes[name].options
    ]
    return dict.fromkeys(options, "secret")


def _items(seen: Seen, old: State) -> Iterator[tuple[str, ...]]:
    idempotency = (old.spec_state.api.client.idempotency_header or "idempotency-key").lower()
    for name, value in seen.headers:
        key = name.lower()
        if not key.startswith(_NOT_COMPARED):
            yield ("header", key, "" if "key" in key and len(value) > 20 or key == idempotency else value)
    query = seen.target.partition("?")[2]
    yield from (("query", part) for part in query.split("&") if part)

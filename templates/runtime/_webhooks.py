"""Requests that the API sends: their signatures are checked, and their bodies become models.

Signatures are those of Standard Webhooks (www.standardwebhooks.com): the package `standardwebhooks` checks them.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, Generic, Mapping, TypeVar

from ._public import PACKAGE
from ._responses.json import loads
from ._sdk import BaseError
from ._structuring.structure import structure
from ._typing import override

T = TypeVar("T")


class WebhookError(BaseError):
    """A request isn't what it pretends to be: its signature is wrong or too old, or its body is no JSON."""


class Webhook(Generic[T]):
    """One kind of requests that the API sends."""

    def __init__(self, name: str, type_: Any) -> None:
        self.name = name
        self._type = type_

    @override
    def __repr__(self) -> str:
        return f"<Webhook {self.name!r}>"

    def parse(self, body: str | bytes, headers: Mapping[str, str], *, secret: str | bytes | None) -> T:
        """Return the body of a request as its type, once its signature is checked.

        Args:
            body: The body as it came, before anything decoded it: the signature is over its bytes.
            headers: The headers of the request; their names may be in any case.
            secret: The secret of the endpoint (`whsec_…`). `None` believes whoever sent the request.

        Raises:
            WebhookError: if the signature is wrong, missing or too old, or the body is no JSON.
            ImportError: if there is a secret, but the package `standardwebhooks` isn't installed.
        """
        if secret is not None:
            _verify(body, headers, secret)
        try:
            data = loads(body.encode() if isinstance(body, str) else body)
        except ValueError as error:
            raise WebhookError(f"The body is not valid JSON: {error}") from error
        typed: T = structure(data, self._type, strict=False)
        return typed


def _verify(body: str | bytes, headers: Mapping[str, str], secret: str | bytes) -> None:
    try:
        # By name: to checkers, a statement would be an error wherever the extra isn't installed.
        standard: Any = import_module("standardwebhooks.webhooks")
    except ImportError as error:
        message = f"Signatures are checked by the package `standardwebhooks`: pip install '{PACKAGE}[webhooks]'"
        raise ImportError(message) from error
    try:
        standard.Webhook(secret).verify(body, dict(headers))
    except Exception as error:  # besides its own, it raises what base64, json and tuples do
        raise WebhookError(f"The signature can't be trusted: {error}") from error

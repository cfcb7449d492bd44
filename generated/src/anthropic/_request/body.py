"""The body of a request: JSON, a form, files, or bytes as they are. Made once, so that it can be sent again."""

from __future__ import annotations

import io
import os
from typing import Any, List, Mapping, NamedTuple, Tuple, Type, cast

from .._files import form_fields, read_files, read_path
from .._lazy import httpx
from .._qs import Querystring
from .._types import NOT_GIVEN, NotGiven
from .options import FinalRequestOptions


class Content(NamedTuple):
    """Either bytes, or the parts of a multipart form. `content_type` is what an encoder says of it."""

    body: bytes | None = None
    parts: List[Tuple[str, Any]] | None = None
    content_type: str | None = None

    def request(
        self,
        library: Any,
        new_request: Type[httpx.Request],
        method: str,
        url: httpx.URL,
        headers: httpx.Headers,
        extensions: dict[str, Any],
    ) -> httpx.Request:
        """Return a fresh request with this content, of the class `new_request` for this HTTP library."""
        if self.body is None:
            request = new_request(method, url, headers=headers, files=self.parts, extensions=extensions)
            request.headers = type(headers)(request.headers)
            return request
        # A request with a stream is taken as it is; with `content` httpx would rebuild its headers.
        headers["Content-Length"] = str(len(self.body))
        request = new_request(method, url, stream=library.ByteStream(self.body), extensions=extensions)
        request.headers = headers
        request.read()
        return request


def encode_body(options: FinalRequestOptions, content_type: str) -> Content:
    """Encode the body of a call with its encoder, or else in the way that the content type asks for.

    Files always make a multipart form (RFC 7578). A mapping may become a form (WHATWG URL §5), text and bytes stay as
    they are; the rest is JSON.
    """
    body = options.json_body()
    if options.encoder is not None:
        return Content() if isinstance(body, NotGiven) else cast(Content, options.encoder(body))
    if content_type.startswith("multipart/form-data") or options.files:
        fields = form_fields(cast("Mapping[str, object]", body or {}))
        parts: List[Tuple[str, Any]] = [(name, (None, value.encode())) for name, value in fields]
        return Content(parts=parts + read_files(options.files))
    if body is None or body is NOT_GIVEN:
        return Content()
    from .json import encode_json

    if content_type.startswith("application/x-www-form-urlencoded") and isinstance(body, Mapping):
        return Content(Querystring(array_format="repeat").stringify(cast("Mapping[str, object]", body)).encode())
    if not is_json(content_type):
        raw = _raw_bytes(body)
        if raw is not None:
            return Content(raw)
    return Content(encode_json(body, options.files_in))


def is_json(content_type: str) -> bool:
    """Return whether a media type is JSON (RFC 6839 §3.1)."""
    media_type = content_type.partition(";")[0].strip().lower()
    return media_type in ("application/json", "text/json") or media_type.endswith("+json")


def _raw_bytes(body: object) -> bytes | None:
    if isinstance(body, str):
        return body.encode()
    if isinstance(body, (bytes, bytearray, memoryview)):
        return bytes(cast(bytes, body))
    if isinstance(body, os.PathLike):
        return read_path(cast("os.PathLike[str]", body))
    if isinstance(body, io.IOBase) or hasattr(body, "read"):
        data = cast(Any, body).read()
        return data.encode() if isinstance(data, str) else bytes(data)
    return None

"""Operations that need a credential, one for each kind that FastAPI knows."""

from __future__ import annotations

import hashlib
import secrets
from typing import Annotated
from urllib.parse import unquote_plus
from urllib.request import parse_http_list, parse_keqv_list

from fastapi import APIRouter, Depends, Form, HTTPException, Request, Security
from fastapi.security import (
    APIKeyCookie,
    APIKeyHeader,
    APIKeyQuery,
    HTTPAuthorizationCredentials,
    HTTPBasic,
    HTTPBasicCredentials,
    HTTPBearer,
    HTTPDigest,
    OAuth2,
    OAuth2PasswordBearer,
)
from pydantic import BaseModel

router = APIRouter(tags=["secrets"])
tokens: set[str] = set()
"""Those that are valid."""
issued: list[str] = []
"""All that were ever given."""


class Caller(BaseModel):
    name: str


class Token(BaseModel):
    access_token: str
    token_type: str = "bearer"
    expires_in: int = 3600


def refuse_unless(right: bool) -> None:
    if not right:
        raise HTTPException(401, "who are you?")


@router.get("/basic", operation_id="with_basic")
def with_basic(credentials: Annotated[HTTPBasicCredentials, Depends(HTTPBasic())]) -> Caller:
    refuse_unless(credentials.password == "p:w")
    return Caller(name=credentials.username)


@router.get("/bearer", operation_id="with_bearer")
def with_bearer(credentials: Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())]) -> Caller:
    return Caller(name=credentials.credentials)


@router.get("/key/header", operation_id="with_header_key")
def with_header_key(key: Annotated[str, Security(APIKeyHeader(name="X-Key"))]) -> Caller:
    return Caller(name=key)


@router.get("/key/query", operation_id="with_query_key")
def with_query_key(key: Annotated[str, Security(APIKeyQuery(name="key"))]) -> Caller:
    return Caller(name=key)


@router.get("/key/cookie", operation_id="with_cookie_key")
def with_cookie_key(key: Annotated[str, Security(APIKeyCookie(name="key"))]) -> Caller:
    return Caller(name=key)


@router.post("/token", operation_id="get_token", include_in_schema=False)
def get_token(
    grant_type: Annotated[str, Form()], username: Annotated[str, Form()], password: Annotated[str, Form()]
) -> Token:
    refuse_unless((grant_type, username, password) == ("password", "ann", "p:w"))
    token = secrets.token_hex(8)
    tokens.add(token)
    issued.append(token)
    return Token(access_token=token)


@router.get("/oauth", operation_id="with_token")
def with_token(token: Annotated[str, Security(OAuth2PasswordBearer(tokenUrl="token"))]) -> Caller:
    refuse_unless(token in tokens)
    return Caller(name=token)


# Machines

machine = OAuth2(
    flows={"clientCredentials": {"tokenUrl": "token/machine", "scopes": {"read": "Read.", "write": "Write."}}},
    scheme_name="Machine",
)
grants: dict[str, str] = {}
"""The scopes of each token that is valid."""


@router.post("/token/machine", operation_id="get_machine_token", include_in_schema=False)
def get_machine_token(
    login: Annotated[HTTPBasicCredentials, Depends(HTTPBasic())],
    grant_type: Annotated[str, Form()],
    scope: Annotated[str, Form()] = "",
) -> Token:
    """The id and the secret are form-encoded before they become HTTP Basic: RFC 6749 §2.3.1."""
    login_of = (unquote_plus(login.username), unquote_plus(login.password))
    refuse_unless((grant_type, *login_of) == ("client_credentials", "robot", "s/e+c"))
    token = secrets.token_hex(8)
    grants[token] = scope
    return Token(access_token=token, expires_in=60)


@router.get("/machine", operation_id="with_machine")
def with_machine(header: Annotated[str, Security(machine, scopes=["read", "write"])]) -> Caller:
    token = header.removeprefix("Bearer ")
    refuse_unless(grants.get(token) == "read write")
    return Caller(name=token)


@router.get("/machine/read", operation_id="with_reading_machine")
def with_reading_machine(header: Annotated[str, Security(machine, scopes=["read"])]) -> Caller:
    token = header.removeprefix("Bearer ")
    refuse_unless("read" in grants.get(token, "").split())
    return Caller(name=token)


# Challenges

_CHALLENGE = 'Digest realm="r", nonce="n1", qop="auth", algorithm=SHA-256'


@router.get("/digest", operation_id="with_digest")
def with_digest(
    request: Request,
    given: Annotated[HTTPAuthorizationCredentials | None, Depends(HTTPDigest(auto_error=False))],
) -> Caller:
    """RFC 7616 §3.4.1."""
    if given is None:
        raise HTTPException(401, headers={"WWW-Authenticate": _CHALLENGE})
    found = parse_keqv_list(parse_http_list(given.credentials))
    uri = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    user = _hash(f"{found['username']}:r:p:w")
    right = _hash(f"{user}:n1:{found['nc']}:{found['cnonce']}:auth:{_hash(f'GET:{uri}')}")
    refuse_unless((found["response"], found["uri"], found["nonce"]) == (right, uri, "n1"))
    return Caller(name=found["username"])


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@router.get("/open", operation_id="without_credentials")
def without_credentials() -> Caller:
    return Caller(name="anybody")

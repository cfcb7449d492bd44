"""Operations that need a credential, one for each kind that FastAPI knows."""

from __future__ import annotations

import secrets
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Security
from fastapi.security import (
    APIKeyCookie,
    APIKeyHeader,
    APIKeyQuery,
    HTTPAuthorizationCredentials,
    HTTPBasic,
    HTTPBasicCredentials,
    HTTPBearer,
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


@router.get("/open", operation_id="without_credentials")
def without_credentials() -> Caller:
    return Caller(name="anybody")

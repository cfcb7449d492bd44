"""The service. Each operation gives back what it understood, so that tests can compare it with what was meant."""

from __future__ import annotations

import datetime
import enum
import json
from collections.abc import AsyncIterator
from typing import Annotated, Literal, Union
from uuid import UUID

from fastapi import Body, Cookie, FastAPI, File, Form, Header, HTTPException, Path, Query, Request, UploadFile
from fastapi.responses import PlainTextResponse, Response, StreamingResponse
from pydantic import BaseModel, Field

from .security import router

app = FastAPI(title="Service", version="1.0", servers=[{"url": "http://service.example"}])
app.include_router(router)


class Color(str, enum.Enum):
    RED = "red"
    GREEN = "green"


class Cat(BaseModel):
    kind: Literal["cat"]
    lives: int = 9


class Dog(BaseModel):
    kind: Literal["dog"]
    tricks: list[str] = []


Pet = Annotated[Union[Cat, Dog], Field(discriminator="kind")]


class Item(BaseModel):
    name: str
    price: float
    born: datetime.date | None = None
    seen: datetime.datetime | None = None
    id: UUID | None = None
    color: Color | None = None
    pets: list[Pet] = []
    notes: dict[str, str] = {}


class Failure(BaseModel):
    code: int
    reason: str


class Echo(BaseModel):
    """What arrived, as JSON."""

    value: dict[str, object]


# Parameters


@app.get("/echo/query", operation_id="echo_query", tags=["echo"])
def echo_query(
    text: str,
    number: int,
    share: float | None = None,
    flag: bool | None = None,
    day: datetime.date | None = None,
    at: datetime.datetime | None = None,
    color: Color | None = None,
    tags: Annotated[list[str] | None, Query()] = None,
    numbers: Annotated[list[int] | None, Query()] = None,
) -> Echo:
    return Echo(value=json.loads(json.dumps(locals(), default=str)))


@app.get("/echo/path/{name}/{day}/{number}", operation_id="echo_path", tags=["echo"])
def echo_path(name: str, day: datetime.date, number: Annotated[int, Path(ge=0)]) -> Echo:
    return Echo(value={"name": name, "day": str(day), "number": number})


@app.get("/echo/headers", operation_id="echo_headers", tags=["echo"])
def echo_headers(
    x_number: Annotated[int, Header()],
    x_flag: Annotated[bool | None, Header()] = None,
    x_day: Annotated[datetime.date | None, Header()] = None,
    session: Annotated[str | None, Cookie()] = None,
) -> Echo:
    return Echo(value={"number": x_number, "flag": x_flag, "day": str(x_day) if x_day else None, "session": session})


# Bodies


@app.post("/items", operation_id="create_item", tags=["items"], status_code=201)
def create_item(item: Item) -> Item:
    return item


@app.patch("/items/{item_id}", operation_id="patch_item", tags=["items"])
def patch_item(item_id: int, item: Annotated[Item | None, Body()] = None) -> Union[Item, None]:
    return item


@app.get("/items/{item_id}", operation_id="get_item", tags=["items"], responses={404: {"model": Failure}})
def get_item(item_id: int, response: Response) -> Item:
    if item_id == 404:
        raise HTTPException(404, detail={"code": 7, "reason": "gone"})
    response.headers["x-rate-left"] = "3"
    return Item(name="item", price=1)


@app.delete("/items/{item_id}", operation_id="delete_item", tags=["items"], status_code=204)
def delete_item(item_id: int) -> None:
    return None


@app.post("/form", operation_id="send_form", tags=["bodies"])
def send_form(
    name: Annotated[str, Form()],
    age: Annotated[int, Form()],
    tags: Annotated[list[str], Form()] = [],  # noqa: B006
) -> Echo:
    return Echo(value={"name": name, "age": age, "tags": tags})


@app.post("/upload", operation_id="upload", tags=["bodies"])
async def upload(
    title: Annotated[str, Form()],
    main: UploadFile,
    more: Annotated[list[UploadFile], File()] = [],  # noqa: B006
) -> Echo:
    files = [(file.filename, file.content_type, (await file.read()).decode()) for file in (main, *more)]
    return Echo(value={"title": title, "files": files})


_PNG = {"requestBody": {"required": True, "content": {"image/png": {"schema": {"type": "string", "format": "binary"}}}}}


@app.put("/picture", operation_id="put_picture", tags=["bodies"], openapi_extra=_PNG)
async def put_picture(request: Request) -> Echo:
    body = await request.body()
    return Echo(value={"type": request.headers.get("content-type"), "size": len(body)})


# Responses

_BINARY = {200: {"content": {"image/png": {"schema": {"type": "string", "format": "binary"}}}}}
_LINES = {200: {"content": {"application/x-ndjson": {"schema": {"$ref": "#/components/schemas/Item"}}}}}
_EVENTS = {200: {"content": {"text/event-stream": {"schema": {"$ref": "#/components/schemas/Item"}}}}}


@app.get("/picture", operation_id="get_picture", tags=["bodies"], responses=_BINARY, response_class=Response)
def get_picture() -> Response:
    return Response(b"\x89PNG", media_type="image/png")


@app.get("/text", operation_id="get_text", tags=["bodies"], response_class=PlainTextResponse)
def get_text() -> str:
    return "caf\u00e9"


def _items() -> list[str]:
    return [Item(name=f"item {number}", price=number).model_dump_json() for number in range(3)]


@app.get("/lines", operation_id="read_lines", tags=["streams"], responses=_LINES, response_class=StreamingResponse)
def read_lines() -> StreamingResponse:
    async def lines() -> AsyncIterator[str]:
        for item in _items():
            yield item + "\n"

    return StreamingResponse(lines(), media_type="application/x-ndjson")


@app.get("/events", operation_id="read_events", tags=["streams"], responses=_EVENTS, response_class=StreamingResponse)
def read_events() -> StreamingResponse:
    async def events() -> AsyncIterator[str]:
        for item in _items():
            yield f"data: {item}\n\n"
        yield "data: [DONE]\n\n"

    return StreamingResponse(events(), media_type="text/event-stream")

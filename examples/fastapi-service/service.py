"""A shelf of books: the service that docs/guide.md makes a package for. `uvicorn service:app` runs it."""

from collections.abc import AsyncIterable
from datetime import date
from itertools import count
from typing import Annotated, Literal, Union

from fastapi import Depends, FastAPI, Form, HTTPException, Query, Response, Security, UploadFile
from fastapi.security import APIKeyHeader
from fastapi.sse import EventSourceResponse
from pydantic import BaseModel, Field


class NewBook(BaseModel):
    title: str
    author: str
    published: date | None = None
    tags: list[str] = []


class Book(NewBook):
    id: int


class BookPage(BaseModel):
    items: list[Book]
    next_cursor: str | None = Field(None, description="Where the next page begins; null on the last one.")


class Cover(BaseModel):
    book_id: int
    media_type: str
    size: int = Field(description="In bytes.")


class BookAdded(BaseModel):
    kind: Literal["added"]
    book: Book


class BookRemoved(BaseModel):
    kind: Literal["removed"]
    book_id: int


Event = Annotated[Union[BookAdded, BookRemoved], Field(discriminator="kind")]

books: dict[int, Book] = {}
covers: dict[int, tuple[bytes, str]] = {}
events: list[BookAdded | BookRemoved] = []
numbers = count(1)


def check_key(key: Annotated[str, Security(APIKeyHeader(name="X-API-Key", auto_error=False))]) -> None:
    if key != "secret":
        raise HTTPException(401, "This key is not known.")


app = FastAPI(title="Bookshelf API", version="1.0.0", dependencies=[Depends(check_key)])


@app.get("/books", tags=["books"])
def list_books(
    cursor: Annotated[str | None, Query(description="`next_cursor` of the page before.")] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> BookPage:
    """List books, the oldest first."""
    found = sorted(number for number in books if number > int(cursor or 0))
    more = len(found) > limit
    return BookPage(items=[books[n] for n in found[:limit]], next_cursor=str(found[limit - 1]) if more else None)


@app.post("/books", status_code=201, tags=["books"])
def create_book(book: NewBook) -> Book:
    """Put a book on the shelf."""
    added = Book(id=next(numbers), **book.model_dump())
    books[added.id] = added
    events.append(BookAdded(kind="added", book=added))
    return added


@app.get("/books/{book_id}", tags=["books"])
def read_book(book_id: int) -> Book:
    """Look at one book."""
    if book_id not in books:
        raise HTTPException(404, f"There is no book {book_id}.")
    return books[book_id]


@app.delete("/books/{book_id}", status_code=204, tags=["books"])
def delete_book(book_id: int) -> None:
    """Take a book from the shelf."""
    read_book(book_id)
    del books[book_id]
    events.append(BookRemoved(kind="removed", book_id=book_id))


@app.put("/books/{book_id}/cover", tags=["covers"])
async def upload_cover(book_id: int, image: UploadFile, alt_text: Annotated[str, Form()] = "") -> Cover:
    """Upload the picture of the cover."""
    read_book(book_id)
    content, media_type = await image.read(), image.content_type or "application/octet-stream"
    covers[book_id] = (content, media_type)
    return Cover(book_id=book_id, media_type=media_type, size=len(content))


PICTURE = {200: {"content": {"image/png": {"schema": {"type": "string", "format": "binary"}}}}}


@app.get("/books/{book_id}/cover", tags=["covers"], response_class=Response, responses=PICTURE)
def download_cover(book_id: int) -> Response:
    """Download the picture of the cover."""
    if book_id not in covers:
        raise HTTPException(404, f"Book {book_id} has no cover.")
    content, media_type = covers[book_id]
    return Response(content, media_type=media_type)


@app.get("/events", tags=["events"], response_class=EventSourceResponse)
async def watch_events() -> AsyncIterable[Event]:
    """Tell what happened on the shelf, as server-sent events."""
    for event in events:
        yield event

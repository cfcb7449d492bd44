"""The calls of docs/guide.md. The service must be running, and the key stand in BOOKSHELF_API_KEY."""

import asyncio
from datetime import date

import bookshelf
from bookshelf import AsyncBookshelf, Bookshelf
from bookshelf.types import BookAdded

client = Bookshelf()

emma = client.books.create(title="Emma", author="Jane Austen", published=date(1815, 12, 23), tags=["novel"])
client.books.create(title="Persuasion", author="Jane Austen")
client.books.create(title="Middlemarch", author="George Eliot")
print(emma)

for book in client.books.list(limit=2):  # two requests: the second page is asked for when it is needed
    print(book.id, book.title)

cover = client.covers.upload(emma.id, image=("emma.png", b"\x89PNG...", "image/png"), alt_text="A lady")
print(cover.media_type, cover.size)

client.covers.download(emma.id).write_to_file("emma.png")

try:
    client.books.retrieve(99)
except bookshelf.NotFoundError as error:
    print(error.status_code, error.body)

client.books.delete(emma.id)
with client.events.watch() as events:
    for event in events:
        print(f"+ {event.book.title}" if isinstance(event, BookAdded) else f"- {event.book_id}")


async def main() -> None:
    async with AsyncBookshelf() as client:
        async for book in client.books.list():
            print(book.author)


asyncio.run(main())

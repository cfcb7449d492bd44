"""What methods say of the pages that they give."""

from __future__ import annotations

from ..ir.pages import MethodPage, PageScheme
from .imports import Imports
from .literals import literal
from .modes import Mode


def page_class(page: MethodPage, item: str, mode: Mode, imports: Imports) -> str:
    """Return `SyncPage[Thing]`, imported."""
    return f"{imports.use('.pagination', mode.base + page.scheme)}[{item}]"


def given_pages(page: MethodPage, item: str, mode: Mode, imports: Imports) -> str:
    """Return what a call gives: a page, or something to await for one, or to iterate over."""
    given = page_class(page, item, mode, imports)
    return f"{imports.use('._pages', 'AsyncPaginator')}[{item}, {given}]" if mode.is_async else given


def send_pages(page: MethodPage, scheme: PageScheme, sender: str, mode: Mode, imports: Imports) -> str:
    """Return `Pages(self._client, "get", items="files")`: what asks for the first page. `sender` are the first two
    arguments: the client and the verb."""
    arguments = [sender]
    arguments += [f"items={literal(page.items)}"] if page.items != scheme.places.items else []
    arguments += ["in_body=True"] if page.in_body else []
    return f"{imports.use('._pages', f'{mode.prefix}Pages')}({', '.join(arguments)})"

"""What the module `pagination` prints: the classes of pages, as data."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from ..ir.pages import PageKind, PagePlaces, PageScheme
from .annotations import Annotations
from .docstrings import docstring
from .imports import Imports
from .literals import literal
from .modes import MODES, Mode
from .type_modules import FieldText


class PaginationPage:
    """The pieces of the module."""

    def __init__(self, pages: Sequence[PageScheme]) -> None:
        self.pages = pages
        self._classes = [f"{mode.base}{page.name}" for page in pages for mode in MODES]
        taken = {*self._classes, "_T", *(self.constant(page) for page in pages)}
        taken |= {field.name for page in pages for field in page.fields} | {page.attribute for page in pages}
        self.imports = Imports((), taken)
        self._annotations = Annotations(self.imports, self.imports.type)

    @property
    def exported(self) -> list[str]:
        """The module's `__all__`: the classes, and what users meet beside them."""
        return sorted([*self._classes, *(self.imports.use("._pages", name) for name in _BESIDE)])

    def constant(self, page: PageScheme) -> str:
        """The constant that says how the pages are told apart."""
        return f"_{page.name}Scheme"

    def scheme(self, page: PageScheme) -> str:
        """`PageScheme("cursor", param="cursor", items="data", next="next_cursor")`"""
        arguments = [literal(page.kind.value)]
        arguments += [f"attribute={literal(page.attribute)}"] if page.attribute != "data" else []
        for field in attrs.fields(PagePlaces):
            text = getattr(page.places, field.name)
            arguments += [f"{field.name}={literal(text)}"] if text else []
        arguments += [f"start={page.start}"] if page.start != 1 else []
        return f"{self.imports.use('._pages', 'PageScheme')}({', '.join(arguments)})"

    def base(self, mode: Mode) -> str:
        """The base class of pages, imported."""
        return self.imports.use("._pages", f"Base{mode.base}Page")

    def doc(self, page: PageScheme, mode: Mode) -> str:
        """What a class says of itself."""
        how = _HOW[page.kind].format(param=page.places.param, next=page.places.next)
        other = "an asynchronous client" if mode.is_async else "a blocking client"
        return docstring(f"A page of a list, for {other}. {how}", 4)

    def items(self, page: PageScheme) -> FieldText:
        """The attribute that holds the items."""
        return FieldText(name=page.attribute, annotation=f"{self.imports.typing('List')}[_T]")

    def fields(self, page: PageScheme) -> list[FieldText]:
        """What a page has besides its items."""
        return [
            FieldText(
                name=field.name,
                annotation=self._annotations.text(field.type),
                value=self._value(field.name, field.wire_name, field.required),
                doc=field.doc,
            )
            for field in page.fields
        ]

    def _value(self, name: str, wire_name: str, required: bool) -> str | None:
        if name == wire_name:
            return None if required else "None"
        default = "" if required else "default=None, "
        return f"{self.imports.use('._models', 'field')}({default}wire_name={literal(wire_name)})"


_BESIDE = ("AsyncPaginator", "PaginationError")
_HOW = {
    PageKind.CURSOR: "The next one is asked for with `{param}`, which is `{next}` of this one.",
    PageKind.ITEM: "The next one is asked for with `{param}`, the id of the last item.",
    PageKind.NUMBER: "The next one is asked for with `{param}`, its number.",
    PageKind.OFFSET: "The next one is asked for with `{param}`, the number of items before it.",
    PageKind.URL: "The URL of the next one is `{next}` of this one.",
    PageKind.LINK: "The URL of the next one is in the header `Link`.",
}

"""What the module `webhooks` prints: a parser for each kind of requests that the API sends."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from ..ir.resources import Webhook
from ..ir.types import TypeExpr, UnionType
from .annotations import Annotations
from .imports import Imports


@attrs.frozen(kw_only=True)
class WebhookText:
    """`new_pet: Webhook[Pet] = Webhook("newPet", cast(Any, Pet))`"""

    attribute: str
    name: str
    annotation: str
    doc: str | None


class WebhooksPage:
    """The pieces of the module."""

    def __init__(self, webhooks: Sequence[Webhook]) -> None:
        taken = {webhook.attribute for webhook in webhooks}
        self.any = "any_webhook" if "any_webhook" not in taken else "any_webhook_"
        self.imports = Imports((), {*taken, self.any})
        self._annotations = Annotations(self.imports, self.imports.type)
        self.first = webhooks[0].attribute
        self.webhooks = [
            WebhookText(
                attribute=webhook.attribute,
                name=webhook.name,
                annotation=self._annotations.text(webhook.type),
                doc=webhook.doc,
            )
            for webhook in webhooks
        ]
        types: dict[TypeExpr, None] = dict.fromkeys(webhook.type for webhook in webhooks)
        self.union = self._annotations.text(UnionType(tuple(types)) if len(types) > 1 else next(iter(types)))

    @property
    def webhook(self) -> str:
        """The class of parsers, imported."""
        return self.imports.use("._webhooks", "Webhook")

    def cast(self, annotation: str) -> str:
        """A type as an argument: checkers refuse a union there."""
        return f"{self.imports.typing('cast')}({self.imports.typing('Any')}, {annotation})"

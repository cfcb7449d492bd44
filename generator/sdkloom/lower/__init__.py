"""Every decision, and all the diagnostics that come with them: `lower(document, config, sink) -> ir.Api | None`."""

from .api import lower

__all__ = ["lower"]

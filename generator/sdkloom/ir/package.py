"""What the distribution is and says about itself."""

from __future__ import annotations

import attrs

from .hooks import HookFolder, ImportedName

LICENSE_TEXTS = frozenset({"0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "MPL-2.0"})
"""SPDX identifiers. The texts are those of the SPDX license list; they stand in `templates/macros/licenses/`."""


@attrs.frozen(kw_only=True)
class Package:
    """Distribution facts: what `pyproject.toml`, the README and `_version.py` say."""

    distribution: str
    import_name: str
    version: str
    tagged: bool = False
    """Whether tags of git give the version when the package is built; `version` is that of the document then."""
    title: str
    description: str
    license: str | None = None
    """An SPDX expression."""
    license_text: str | None = None
    """The text of the licence, where sdk.yaml names a file of it."""
    copyright: str = ""
    """Who holds the copyright, perhaps behind the years."""
    ci: str | None = None
    """Whose workflows the package brings along: `github`."""
    contact: tuple[str, str] = ("", "")
    """Whom to ask about the API: a name and an address; one of them, or both, may be empty."""
    authors: tuple[tuple[str, str], ...] = ()
    """Names and addresses; one of them may be empty."""
    keywords: tuple[str, ...] = ()
    urls: tuple[tuple[str, str], ...] = ()
    """Labels and addresses, by label."""
    base_error: str = "APIBaseError"
    """The root of the exception family (`AnthropicError`)."""
    extra_exports: tuple[ImportedName, ...] = ()
    """Names that the hand-written modules add to the packages (at the top outside of `__all__`)."""
    hooks: tuple[HookFolder, ...] = attrs.field(
        default=attrs.Factory(lambda self: (HookFolder(self.import_name),), takes_self=True)
    )
    """Where the hand-written side of the SDK is."""

    @property
    def has_license_text(self) -> bool:
        """Whether the package has the text of its licence."""
        return self.license_text is not None or self.license in LICENSE_TEXTS

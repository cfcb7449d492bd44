"""`package:` of sdk.yaml: the distribution that is made, and what follows from the document where it says nothing."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from typing import Any

import attrs

from ..diagnostics import config_catalog
from ..diagnostics.model import DiagnosticSink
from ..diagnostics.span import NOWHERE, Span, origin
from ..source.limits import RefusedError
from .licenses import license_of, spdx_expression
from .model import Info
from .package_names import class_name_of, distribution_name, import_name_of

OF_TAGS = "tags"
"""What `version` says where tags of git give the version."""


@attrs.frozen(kw_only=True)
class Name:
    """A name from sdk.yaml that must exist elsewhere, and where it stands."""

    text: str
    span: Span = origin()

    def __str__(self) -> str:
        return self.text


@attrs.frozen(kw_only=True)
class PackageConfig:
    """`package:`. What is not given follows from `distribution`, or from the document."""

    distribution: str
    import_name: str
    version: str = "0.1.0"
    tagged: bool = False
    """Whether tags of git give the version when the package is built; `version` is that of the document then."""
    title: str
    description: str = ""
    license: str | None = None
    """An SPDX expression."""
    license_file: Name | None = None
    """The path of the text of the licence, from the folder of sdk.yaml on."""
    license_text: str | None = None
    """What that file holds."""
    copyright: str | None = None
    """Who holds the copyright, perhaps behind the years."""
    ci: str | None = None
    """Whose workflows the package brings along: `github`."""
    base_error: str
    authors: tuple[str, ...] = ()
    """`Ada Lovelace <ada@pets.test>`"""
    keywords: tuple[str, ...] = ()
    urls: tuple[tuple[str, str], ...] = ()
    """Labels and addresses."""
    hooks: tuple[Name, ...] | None = None
    """The folders of `templates/hooks/` with the hand-written side of the SDK. Default: that of the import name."""
    has_version: bool = attrs.field(default=False, eq=False)
    """Whether sdk.yaml gives the version."""
    has_license: bool = attrs.field(default=False, eq=False)
    """Whether sdk.yaml says which licence there is, or that there is none."""
    license_span: Span = origin()
    span: Span = origin()


def make_package(
    given: dict[str, Any], info: Info | None, base_error_of: str | None = None, span: Span = NOWHERE
) -> PackageConfig:
    """Return the package. What isn't in `given` follows from the distribution, and that from the title of the API.

    The base error is named after the class `base_error_of`, or else after the package. `info` is `None` where the
    document can't be read.
    """
    title = "" if info is None else info.title
    distribution = given.get("distribution") or distribution_name(title)
    import_name = given.get("import_name") or import_name_of(distribution)
    defaults: dict[str, Any] = {
        "distribution": distribution,
        "import_name": import_name,
        "version": _version("" if info is None else info.version),
        "title": distribution if "distribution" in given else title or distribution,
        "license": None if info is None or "license_file" in given else license_of(info.license),
        "base_error": f"{base_error_of or class_name_of(import_name, title)}Error",
    }
    made: dict[str, Any] = {**defaults, **given, "has_version": "version" in given, "has_license": "license" in given}
    if made["version"] == OF_TAGS:
        made |= {"version": defaults["version"], "tagged": True, "has_version": False}
    made["license"] = spdx_expression(made["license"]) if made["license"] else None
    return PackageConfig(**made, span=span)


def with_license_text(
    package: PackageConfig, config_file: str, read: Callable[[str], str], sink: DiagnosticSink
) -> PackageConfig:
    """Return the package with the text of its `license_file`; one that can't be read is reported."""
    name = package.license_file
    if name is None:
        return package
    try:
        text = read(posixpath.normpath(posixpath.join(posixpath.dirname(config_file), name.text)))
    except OSError as error:
        hint = error.hint if isinstance(error, RefusedError) else None
        sink.report(config_catalog.NO_LICENSE_FILE, name.span, hint=hint, path=name, error=error.strerror or error)
        return package
    return attrs.evolve(package, license_text=text)


def _version(text: str) -> str:
    """The version of the API, if Python packages may have such a one."""
    return text if re.fullmatch(r"[0-9]+(\.[0-9]+)*", text) else "0.1.0"

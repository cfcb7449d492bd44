"""The clients of the package, for its part of the promises."""

from __future__ import annotations

from ..sdk.conftest import face as face

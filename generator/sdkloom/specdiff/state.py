"""What is compared."""

from __future__ import annotations

import attrs

from ..document.config import SdkConfig
from ..document.model import Document
from ..ir.api import Api


@attrs.frozen(kw_only=True)
class SpecState:
    """One state of the spec: the document as it is written, and the SDK that comes of it."""

    document: Document
    config: SdkConfig
    api: Api

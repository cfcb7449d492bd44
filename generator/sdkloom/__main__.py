"""`python -m sdkloom`. No module is looked for in the working folder: what lies there may be somebody else's."""

from __future__ import annotations

import os
import sys

if __name__ == "__main__":
    if sys.path and sys.path[0] in ("", os.getcwd()):  # `-m` has put it there
        del sys.path[0]

    from .cli.main import main

    raise SystemExit(main())

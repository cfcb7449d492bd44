"""The documentation of fields: the strings below them in the source, which Python itself drops.

    class Usage(BaseModel):
        input_tokens: int
        '''How many tokens were read.'''

`help()` and JSON schemas show them. The source is read when somebody asks.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from typing import Any, Dict


def field_docs(cls: type) -> Dict[str, str]:
    """Return the documentation of the fields of a class, by name, inherited ones included."""
    docs: Dict[str, str] = {}
    for base in reversed(cls.__mro__):
        docs.update(own_field_docs(base))
    return docs


def own_field_docs(cls: type) -> Dict[str, str]:
    """Return the documentation of the fields that a class declares itself. It has none without its source."""
    if "__model_fields__" not in cls.__dict__:
        return {}
    try:
        module = ast.parse(textwrap.dedent(inspect.getsource(cls)))
    except (OSError, TypeError, SyntaxError):
        return {}
    body = module.body[0].body if module.body and isinstance(module.body[0], ast.ClassDef) else []
    docs: Dict[str, str] = {}
    for field, below in zip(body, body[1:]):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(below, ast.Expr):
            text: Any = below.value.value if isinstance(below.value, ast.Constant) else None
            if isinstance(text, str):
                docs[field.target.id] = inspect.cleandoc(text)
    return docs

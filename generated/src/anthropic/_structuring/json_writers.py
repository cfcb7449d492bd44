"""`to_json` and `model_dump_json`: models as JSON text in one pass, without dicts in between.

A writer takes a value and what begins a line of its text: `writer(value, line)`. There is a table of writers for each
way of writing. What is odd (keys that are no strings, lone surrogates) they refuse, and `unstructure.json_text` of the
dict decides. Both give the same text.
"""

from __future__ import annotations

import enum
import math
from json.encoder import encode_basestring
from typing import Any, Callable, Dict, List, Optional

from .._converters import NUMBERS_ARE_DECIMAL
from .dump_options import Options, hooks_for
from .fast_dumps import fast_hooks
from .fast_json import Encoder
from .fast_json import encoder as fast_encoder
from .json_strings import SHORT, has_surrogates, quoted
from .model_meta import ModelMeta, extra_of, values_of
from .straight_line import compile_function, readings
from .unstructure import TABLES, UnstructureHooks, has_users_hooks

Writer = Callable[[Any, str], str]

_CONSTANTS = {None: "null", True: "true", False: "false"}
_LONG = 2048
"""From what length of a text on the next one is worth the import of orjson."""

_FAST_INDENTS = (None, 2)
"""What orjson knows."""

_TEXT = (
    f"(q({{0}}) if len({{0}}) < {SHORT} else quoted({{0}})) if (kind := type({{0}})) is str"
    " else int_text({0}) if kind is int else writers[kind]({0}, {1})"
)
"""How a value becomes text, in source: the value, the line of what it holds."""


class _Odd(Exception):
    """Raised by writers for what they leave to the encoder of the standard library."""


class JSONWriters(Dict[type, Writer]):
    """A table: class → writer. A missing one is made at its first use. Classes made in functions are not held."""

    __slots__ = ("by_alias", "colon", "encoder", "exclude_unset", "fast_hooks", "hooks", "indent", "options", "step")

    def __init__(self, indent: Optional[int], by_alias: bool, exclude_unset: bool) -> None:
        super().__init__()
        self.indent = indent
        self.by_alias = by_alias
        self.exclude_unset = exclude_unset
        self.options = Options(True, by_alias, exclude_unset, False, False)
        self.hooks = hooks_for(self.options)
        """What makes JSON of values that are none."""
        self.step = "" if indent is None else " " * indent
        TABLES.append(self)
        self.encoder: Optional[Encoder] = None
        self.fast_hooks: UnstructureHooks
        self.colon = ":" if indent is None else ": "

    def write(self, model: object) -> Optional[str]:
        """Return a model as JSON text, or `None` if it is odd."""
        try:
            if self.encoder is not None:
                hooks = self.fast_hooks
                return self.encoder.text(hooks[type(model)](model, hooks), self.indent)
            text = self[type(model)](model, "" if self.indent is None else "\n")
        except (_Odd, TypeError, ValueError):
            return None
        if len(text) >= _LONG and self.indent in _FAST_INDENTS:
            self._look_for_encoder()
        return text if text.isascii() or not has_surrogates(text) else None

    def _look_for_encoder(self) -> None:
        """From the next text on orjson writes, where it is installed."""
        encoder = fast_encoder()
        if encoder is not None:
            self.fast_hooks = fast_hooks(self.options, encoder.raw)
            self.encoder = encoder

    def __missing__(self, cls: type) -> Writer:
        writer = self._make(cls)
        if "<locals>" not in cls.__qualname__:
            self[cls] = writer
        return writer

    def _make(self, cls: Any) -> Writer:
        if has_users_hooks():
            return _refuse
        if isinstance(cls, ModelMeta):
            return self._any_model if "<locals>" in cls.__qualname__ else self._model_writer(cls)
        if cls is bool or cls is type(None):
            return lambda value, line: _CONSTANTS[value]
        if cls is list:
            return self._list_writer()
        if cls is dict:
            return self._dict_writer()
        if issubclass(cls, enum.Enum):
            return self._other
        if issubclass(cls, str):
            return lambda value, line: quoted(value)
        if issubclass(cls, int):
            return lambda value, line: int.__repr__(value)
        if issubclass(cls, float):
            if NUMBERS_ARE_DECIMAL:
                from .numbers import JSONNumber

                if cls is JSONNumber:
                    return lambda value, line: str(value)
            return lambda value, line: float.__repr__(value) if math.isfinite(value) else "null"
        return self._other

    def _names(self) -> Dict[str, Any]:
        names = {"q": encode_basestring, "quoted": quoted, "int_text": int.__repr__, "step": self.step}
        return {**names, "writers": self}

    def _list_writer(self) -> Writer:
        return self._container_writer("[]", "item in value", _TEXT.format("item", "line"))

    def _dict_writer(self) -> Writer:
        """Keys that are no strings are a TypeError: the encoder of the standard library knows what becomes of them."""
        pair = f'f"""{{q(key)}}{self.colon}{{{_TEXT.format("item", "line")}}}"""'
        return self._container_writer("{}", "key, item in value.items()", pair)

    def _container_writer(self, brackets: str, items: str, text: str) -> Writer:
        opening, closing = brackets[0], brackets[1]
        lines = ["if not value:", f"    return {brackets!r}"]
        if self.indent is None:
            parts = [repr(opening), "','", repr(closing)]
        else:
            lines += ["end = line", "line += step"]
            parts = [f"{opening!r} + line", "',' + line", f"end + {closing!r}"]
        lines += ["items = []", f"for {items}:", f"    items.append({text})"]
        lines.append(f"items[0] = {parts[0]} + items[0]")  # before they are joined: long texts are copied once
        lines.append(f"items[-1] += {parts[2]}")
        lines.append(f"return ({parts[1]}).join(items)")
        writer: Writer = compile_function("write_items", "value, line", lines, self._names())
        return writer

    def _object(self, texts: Dict[str, str], line: str) -> str:
        if not texts:
            return "{}"
        colon = self.colon
        pairs = [f"{encode_basestring(key)}{colon}{text}" for key, text in texts.items()]
        if self.indent is None:
            return "{" + ",".join(pairs) + "}"
        inner = line + self.step
        return f"{{{inner}" + f",{inner}".join(pairs) + f"{line}}}"

    def _other(self, value: Any, line: str) -> str:
        """What JSON lacks, by the hook that makes JSON of it."""
        plain: object = self.hooks[type(value)](value, self.hooks)
        kind = type(plain)
        if kind is type(value):
            raise _Odd
        return self[kind](plain, line)

    def _any_model(self, model: object, line: str) -> str:
        """A model by a loop: those with undeclared keys, without a required field, of classes made in functions."""
        texts: Dict[str, str] = {}
        inner = line + self.step
        for info, value in values_of(model, self.exclude_unset):
            texts[info.wire_name if self.by_alias else info.name] = self[type(value)](value, inner)
        for name, value in extra_of(model).items():
            texts[name] = self[type(value)](value, inner)
        return self._object(texts, line)

    def _model_writer(self, cls: ModelMeta) -> Writer:
        """The writer of a class. That of `TextBlock`, compact:

        def write_TextBlock(model, more):
            if model.__extra__:
                return rest(model, more)
            v0 = model.text
            if v0 is None:
                return rest(model, more)
            ...
            return f'{"text":{…},"type":{…}}'
        """
        names = {**self._names(), "rest": self._any_model}
        lines = ["if model.__extra__:", "    return rest(model, more)"]
        inner, new_line = ("more", "") if self.indent is None else ("line", "{line}")
        if new_line:
            lines.append("line = more + step")
        fields = list(readings(cls, self.exclude_unset, names))
        comma = "," if fields and fields[0].may_be_absent else ""
        """What begins the first field that is there. It is cut off in the end."""
        pieces: List[str] = []
        for reading in fields:
            key = encode_basestring(reading.info.wire_name if self.by_alias else reading.info.name)
            text = f"t{reading.variable}"
            piece = f"{',' if pieces else comma}{new_line}{_literal(key + self.colon)}{{{text}}}"
            value = f"{text} = {_TEXT.format(reading.variable, inner)}"
            if reading.may_be_absent:
                lines += ["try:", *(f"    {line}" for line in reading.lines)]
                lines += [
                    "except AttributeError:",
                    f"    {text} = ''",
                    "else:",
                    f"    {value}",
                    f"    {text} = f{piece!r}",
                ]
                pieces.append(f"{{{text}}}")
            else:
                lines += [*reading.lines, value]
                pieces.append(piece)
        body, end = "".join(pieces), "{more}" if new_line else ""
        if comma:
            lines += [f"text = f{body!r}", f"return f'{{{{{{text[1:]}}{end}}}}}' if text else '{{}}'"]
        else:
            lines.append(f"return f{'{{' + body + (end if body else '') + '}}'!r}")
        writer: Writer = compile_function(f"write_{cls.__name__}", "model, more", lines, names)
        return writer


def _refuse(value: object, line: str) -> str:
    raise _Odd


def _literal(text: str) -> str:
    """A text as it stands in the source of an f-string."""
    return text.replace("{", "{{").replace("}", "}}")

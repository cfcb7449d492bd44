"""The jinja environment: strict, and without anything that lets a template decide.

A template may have been written by somebody else, so it runs in jinja's sandbox: it gets at nothing but what it is
given, and changes none of that. Its time and its memory aren't bounded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from types import BuiltinMethodType, CodeType, FunctionType, MethodType, ModuleType
from typing import Any, cast

import jinja2
from jinja2.bccache import Bucket
from jinja2.sandbox import ImmutableSandboxedEnvironment

from ..ir.definitions import Alias, EnumClass, Model, Params, TaggedUnion
from ..python import docstrings, literals, modes, texts
from ..python.converters import ModelHooks
from ..python.signatures import Overload
from .template_folder import TemplateFolder

_WATCHED = (type, ModuleType, BuiltinMethodType, MethodType, jinja2.Environment)
"""Classes of values about which jinja is asked each time. The last one stands for an attribute that isn't there."""


class Sandbox(ImmutableSandboxedEnvironment):
    """Names that begin with an underscore are out of reach, as are modules and classes, wherever they hang.

    What jinja says of an attribute depends on the class of the object, so it is asked once for each class; what it says
    of a method depends on the function.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._safe: defaultdict[type[Any], dict[str, bool]] = defaultdict(dict)
        self._unwatched: set[type[Any]] = set()
        self._plain: set[FunctionType] = set()

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return an attribute of an object, or an undefined value. What is known to be safe takes the short way."""
        if self._safe[type(obj)].get(attribute):
            value: object = getattr(obj, attribute, self)
            kind = type(value)
            if kind in self._unwatched or (kind is MethodType and not isinstance(obj, str)):  # jinja wraps `str.format`
                return value
            if not issubclass(kind, _WATCHED):
                self._unwatched.add(kind)
                return value
        return super().getattr(obj, attribute)

    def call(self, context: jinja2.runtime.Context, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call an object from a template. Methods that want nothing of jinja's take the short way."""
        function = obj.__func__ if type(obj) is MethodType else None
        if function not in self._plain:
            if type(function) is FunctionType and self.is_safe_callable(obj) and not hasattr(obj, "jinja_pass_arg"):
                self._plain.add(function)
            return super().call(context, obj, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return obj(*args, **kwargs)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may have this attribute of this object."""
        known = self._safe[type(obj)]
        safe = known.get(attr)
        if safe is None:
            safe = known[attr] = super().is_safe_attribute(obj, attr, value)
        return safe and not isinstance(value, (type, ModuleType))

    def is_safe_callable(self, obj: Any) -> bool:
        """Whether a template may call this object."""
        return super().is_safe_callable(obj) and not isinstance(obj, type)


def code_name(template: str) -> str:
    """Return what the code of a template is called in tracebacks: no file of the disk, where it may have stood in
    several folders."""
    return f"<{template}>"


class _Loader(jinja2.BaseLoader):
    """Gives the files of a templates folder, and no others. `loaded` is told which."""

    def __init__(self, templates: TemplateFolder, loaded: set[str]) -> None:
        self._templates = templates
        self._loaded = loaded

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        if not self._templates.has(template):
            raise jinja2.TemplateNotFound(template)
        self._loaded.add(template)
        return self._templates.read(template), code_name(template), lambda: True


class _Compiled(jinja2.BytecodeCache):
    """The code of the templates that this process has compiled, by path and text: compiling takes longer than printing
    a small package. Nothing is kept on disk, where it could be forged."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._codes[bucket.key, bucket.checksum] = bucket.code


_compiled = _Compiled()


def environment(templates: TemplateFolder, loaded: set[str]) -> jinja2.Environment:
    """An environment over the whole of `templates/`, so that pages, macros and fragments name each other by path.

    The paths of the templates that it loads are added to `loaded`.
    """
    made = Sandbox(
        loader=_Loader(templates, loaded),
        bytecode_cache=_compiled,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
        optimized=False,  # templates have no constants to fold, and looking for them takes a fifth of a small run
    )
    known = cast("dict[str, Any]", made.globals)
    known.clear()
    known.update(OVERLOADS=(Overload.WHOLE, Overload.STREAMED, Overload.EITHER), MODES=modes.MODES)
    made.filters["literal"] = literals.literal
    made.filters["wrapped"] = literals.wrapped_string
    made.filters["names"] = literals.names_list
    made.filters["mapping"] = literals.mapping
    made.filters["set_literal"] = literals.set_literal
    made.filters["toml"] = literals.toml_string
    made.filters["yaml"] = literals.yaml_string
    made.filters["one_line"] = texts.one_line
    made.filters["markdown"] = texts.markdown
    made.filters["docstring"] = docstrings.docstring
    made.tests["model_hooks"] = lambda value: isinstance(value, ModelHooks)
    made.tests["model"] = lambda value: isinstance(value, Model)
    made.tests["params"] = lambda value: isinstance(value, Params)
    made.tests["tagged_union"] = lambda value: isinstance(value, TaggedUnion)
    made.tests["enum_class"] = lambda value: isinstance(value, EnumClass)
    made.tests["alias"] = lambda value: isinstance(value, Alias)
    return made

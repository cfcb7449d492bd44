"""Fields of models: what the annotations of a class say, before and after they are evaluated."""

from __future__ import annotations

import copy
import enum
import sys
from types import FrameType
from typing import Any, Callable, ClassVar, Dict, Iterator, Mapping, Optional, Tuple, cast, get_origin

from .._public import AskedByPydantic


class _Mark(enum.Enum):
    MISSING = "MISSING"
    UNRESOLVED = "UNRESOLVED"


MISSING: Any = _Mark.MISSING
"""Stands where `None` would mean something of its own."""

UNRESOLVED: Any = _Mark.UNRESOLVED
"""The type of a field whose annotation names something that does not exist (yet)."""

_frame: Callable[[int], FrameType] = vars(sys)["_getframe"]
_IMMUTABLE = frozenset({str, int, float, bool, bytes, tuple, frozenset, type(None)})


def _is_immutable(value: Any) -> bool:
    return type(value) in _IMMUTABLE or isinstance(value, enum.Enum) or type(value).__module__ == "decimal"


class FieldSpec:
    """What `field(...)` returns at run time; the metaclass takes it from the class body."""

    __slots__ = ("default", "default_factory", "wire_name")

    def __init__(self, default: Any, default_factory: Optional[Callable[[], Any]], wire_name: Optional[str]) -> None:
        self.default = default
        self.default_factory = default_factory
        self.wire_name = wire_name


def field(
    *,
    default: Any = MISSING,
    default_factory: Optional[Callable[[], Any]] = None,
    wire_name: Optional[str] = None,
) -> Any:
    """Declare a field with a default, or with another name on the wire.

    class Thing(BaseModel):
        class_: str = field(wire_name="class")
        tags: List[str] = field(default_factory=list)
    """
    return FieldSpec(default, default_factory, wire_name)


class Discriminator(AskedByPydantic):
    """Metadata of a tagged union: `Annotated[Union[Cat, Dog], Discriminator("kind")]`. OpenAPI 3.1 §4.8.25.

    `mapping` (wire value → class name) is given where the tags are not the literals of the variants.
    """

    __slots__ = ("mapping", "property_name")

    pydantic_schema = "tagged_union_schema"

    def __init__(self, property_name: str, mapping: Optional[Mapping[str, str]] = None) -> None:
        self.property_name = property_name
        self.mapping = dict(mapping or {})

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Discriminator):
            return NotImplemented
        return self.property_name == other.property_name and self.mapping == other.mapping

    def __hash__(self) -> int:
        return hash((Discriminator, self.property_name))

    def __repr__(self) -> str:
        mapping = f", {self.mapping!r}" if self.mapping else ""
        return f"Discriminator({self.property_name!r}{mapping})"


class Scope:
    """Where the annotations of one class are evaluated: its module, and the names of an enclosing function."""

    __slots__ = ("cls", "local_names", "module")

    def __init__(self, module: str, local_names: Mapping[str, Any]) -> None:
        self.module = module
        self.local_names = local_names
        self.cls: Optional[type] = None

    def evaluate(self, annotation: Any) -> Any:
        """Return the type that a string (or a `ForwardRef`) means, or UNRESOLVED. Anything else stays as it is."""
        text = annotation if isinstance(annotation, str) else getattr(annotation, "__forward_arg__", None)
        if not isinstance(text, str):
            return annotation
        module = sys.modules.get(self.module)
        names = {} if self.cls is None else {**vars(self.cls), self.cls.__name__: self.cls}
        try:
            return eval(text, {**names, **(vars(module) if module else {}), **self.local_names})
        except Exception:
            return _evaluate_forward_ref(annotation)


def _evaluate_forward_ref(annotation: Any) -> Any:
    """A `ForwardRef` of Python 3.14 knows the closure it comes from."""
    try:
        return annotation.evaluate()
    except Exception:
        return UNRESOLVED


class FieldInfo:
    """One field of a model."""

    __slots__ = (
        "_type",
        "default",
        "default_factory",
        "get",
        "lenient_hook",
        "lenient_hook_version",
        "name",
        "raw",
        "scope",
        "shared",
        "wire_name",
    )

    def __init__(self, name: str, raw: Any, scope: Scope, default: Any) -> None:
        spec = default if isinstance(default, FieldSpec) else FieldSpec(default, None, None)
        self.name = name
        self.raw = raw
        self.scope = scope
        self.default = spec.default
        self.default_factory = spec.default_factory
        self.wire_name = name if spec.wire_name is None else spec.wire_name
        self.shared = spec.default_factory is None and (spec.default is MISSING or _is_immutable(spec.default))
        """Whether the default can serve every instance."""
        self.get: Callable[[Any], Any] = lambda model: None
        """Reads the slot; raises AttributeError when nothing is in it."""
        self.lenient_hook: Any = None
        """What `lenient.field_hook` made of the annotation, at the version of hooks below."""
        self.lenient_hook_version: object = None
        self._type: Any = MISSING

    def redefined(self, default: Any) -> FieldInfo:
        """Return the same field with another default, for a subclass."""
        info = FieldInfo(self.name, self.raw, self.scope, default)
        if not isinstance(default, FieldSpec):
            info.wire_name = self.wire_name
        info.get = self.get
        return info

    @property
    def alias(self) -> Optional[str]:
        """The wire name where it differs."""
        return self.wire_name if self.wire_name != self.name else None

    @property
    def annotation(self) -> Any:
        """The evaluated annotation, or UNRESOLVED."""
        if self._type is MISSING or self._type is UNRESOLVED:
            self._type = self.scope.evaluate(self.raw)
        return self._type

    def is_required(self) -> bool:
        """Whether the constructor insists on the field: it has no default."""
        return self.default is MISSING and self.default_factory is None

    def fresh_default(self) -> Any:
        """Return the default for one instance: `None` where there is none, a copy where it could be changed."""
        if self.default_factory is not None:
            return self.default_factory()
        if self.default is MISSING:
            return None
        return self.default if self.shared else copy.deepcopy(self.default)

    def __repr__(self) -> str:
        default = "required=True" if self.is_required() else f"required=False, default={self.fresh_default()!r}"
        alias = f", alias={self.alias!r}" if self.alias else ""
        shown = self.raw.__name__ if isinstance(self.raw, type) else self.raw
        return f"FieldInfo(annotation={shown}, {default}{alias})"


def own_annotations(namespace: Dict[str, Any]) -> Dict[str, Any]:
    """Return the annotations in the body of a class, unevaluated where they are strings."""
    if "__annotations__" in namespace:
        return cast(Dict[str, Any], namespace["__annotations__"])
    if sys.version_info >= (3, 14):  # annotations are lazy: the namespace holds a function
        import annotationlib

        annotate = annotationlib.get_annotate_from_class_namespace(namespace)
        if annotate is not None:
            return annotationlib.call_annotate_function(annotate, annotationlib.Format.FORWARDREF)
    return {}


def field_annotations(namespace: Dict[str, Any]) -> Iterator[Tuple[str, Any]]:
    """Yield the annotations that make fields, by name: no private names, no class variables."""
    for name, raw in own_annotations(namespace).items():
        if not name.startswith("_") and not _is_class_variable(raw):
            yield name, raw


def _is_class_variable(raw: Any) -> bool:
    if isinstance(raw, str):
        return raw.lstrip().startswith(("ClassVar", "typing.ClassVar", "t.ClassVar"))
    return raw is ClassVar or get_origin(raw) is ClassVar


def local_names(namespace: Dict[str, Any], depth: int) -> Dict[str, Any]:
    """Return the names of the enclosing functions (if any) that annotations in strings could mean.

    `depth` counts the calls between here and the class body.
    """
    start = _frame(depth)
    if start.f_locals is start.f_globals:
        return {}
    wanted = {name for raw in own_annotations(namespace).values() for name in _names_in(raw)}
    module, found = start.f_globals, cast(Dict[str, Any], {})
    frame: Optional[FrameType] = start
    while wanted and frame is not None and frame.f_globals is module and frame.f_locals is not module:
        local = frame.f_locals
        found.update((name, local[name]) for name in wanted if name in local)
        wanted.difference_update(found)
        frame = frame.f_back
    return found


def _names_in(raw: Any) -> Iterator[str]:
    text = raw if isinstance(raw, str) else getattr(raw, "__forward_arg__", None)
    if isinstance(text, str):
        try:
            yield from compile(text, "<annotation>", "eval").co_names
        except SyntaxError:
            pass
    else:
        for argument in getattr(raw, "__args__", ()):
            yield from _names_in(argument)

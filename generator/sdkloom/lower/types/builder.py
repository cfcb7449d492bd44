"""Builds type modules: those of named schemas, and those of the parameters and responses of methods."""

from __future__ import annotations

from ...diagnostics.model import DiagnosticSink
from ...diagnostics.span import Span
from ...document.model import SchemaOrRef
from ...ir.definitions import Alias, TypeModule
from ...ir.direction import Direction
from ...ir.types import NamedType, TypeExpr, TypeName
from ..names.locked_names import Ledger, types_of
from .discriminators import Tagger
from .fields import Fields
from .models import Models
from .modules import ModuleBuilder
from .naming_context import Place, Root
from .refs import SchemaIndex
from .registry import Registry
from .shapes import ObjectShape, Resolved, Shapes, UnionShape
from .type_exprs import Annotator
from .unions import Unions


class TypeBuilder:
    """The parts that make types, wired to each other, and the modules made so far."""

    def __init__(
        self, shapes: Shapes, index: SchemaIndex, registry: Registry, ledger: Ledger, sink: DiagnosticSink
    ) -> None:
        self.shapes = shapes
        self.registry = registry
        self.ledger = ledger
        self.annotator = Annotator(shapes, registry, ledger, sink, self._object, self._union)
        self.fields = Fields(self.annotator, sink)
        self._models = Models(self.annotator, self.fields)
        self._unions = Unions(self.annotator, Tagger(shapes, index, sink))
        self.modules: list[TypeModule] = []
        self.exports: list[TypeName] = []

    def build_pending(self) -> None:
        """Build every type that was asked for, and what those ask for in turn."""
        pending = self.registry.take()
        while pending is not None:
            named, direction, name = pending
            place = self.shapes.place(named)
            self.build(named.schema, direction, name, named.span, place)
            pending = self.registry.take()

    def build(self, schema: SchemaOrRef, direction: Direction, name: TypeName, span: Span, pointer: str) -> TypeExpr:
        """A module of its own for `schema`."""
        place = self.open(Root(name=name, direction=direction, path=pointer), span, pointer)
        self.define(schema, place, span)
        self.publish(place.module)
        return NamedType(name)

    def open(self, root: Root, span: Span, pointer: str) -> Place:
        """A new module for a type that stands at `pointer` in the spec."""
        module = ModuleBuilder(root.name, span, pointer, self.ledger.kept_below(types_of(root.direction), root.path))
        return Place(module=module, direction=root.direction, names=(root.name.name,), path=root.path, is_root=True)

    def publish(self, module: ModuleBuilder) -> None:
        """Keep a finished module; its package exports the type that it is named after."""
        self.modules.append(module.finish())
        self.exports.append(module.root)

    def define(self, schema: SchemaOrRef, place: Place, span: Span) -> None:
        """Make the type of `schema` the own type of the module: a class, a union, or else an alias."""
        resolved = self.shapes.of(schema)
        if isinstance(resolved.shape, (ObjectShape, UnionShape)):
            self.annotator.bare(resolved, place)
            return
        name = place.module.claim(place.module.root.name)
        expr = self.annotator.bare(resolved, place)
        alias = Alias(name=name, type=expr, doc=resolved.notes.description, pointer=place.module.pointer, span=span)
        place.module.append(alias)

    def _object(self, resolved: Resolved, shape: ObjectShape, place: Place) -> TypeExpr:
        return self._models.define(resolved, shape, place)

    def _union(self, resolved: Resolved, shape: UnionShape, place: Place) -> TypeExpr:
        return self._unions.define(resolved, shape, place)

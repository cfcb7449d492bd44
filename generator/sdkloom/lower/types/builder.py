"""Builds type modules: those of named schemas, and those of the parameters and responses of methods."""

from __future__ import annotations

from ...diagnostics.model import DiagnosticSink
from ...diagnostics.span import Span
from ...document.model import NamedSchema, SchemaOrRef
from ...ir.definitions import Alias, TypeModule
from ...ir.direction import Direction
from ...ir.types import LiteralType, NamedType, TypeExpr, TypeName, UnionType
from ..names.locked_names import LockedNames, types_section
from .discriminators import Discriminators
from .examples import example_of
from .fields import Fields
from .models import Models
from .modules import ModuleBuilder
from .named_schemas import NamedSchemas
from .naming_context import MainType, NamingContext
from .registry import TypeRegistry
from .shape_kinds import LiteralShape, ObjectShape, UnionShape
from .shapes import Resolved, Shapes
from .type_exprs import TypeExprs
from .type_names import TypeNames
from .type_rules import TypeRules
from .unions import Unions


class TypeBuilder:
    """The parts that make types, wired to each other, and the modules made so far."""

    def __init__(
        self,
        shapes: Shapes,
        schemas: NamedSchemas,
        registry: TypeRegistry,
        type_names: TypeNames,
        locked_names: LockedNames,
        rules: TypeRules,
        sink: DiagnosticSink,
    ) -> None:
        self.shapes = shapes
        self.schemas = schemas
        self.registry = registry
        self.type_names = type_names
        self.locked_names = locked_names
        self.type_exprs = TypeExprs(shapes, registry, locked_names, sink, self._object, self._union, rules)
        self.fields = Fields(self.type_exprs, sink)
        self._models = Models(self.type_exprs, self.fields)
        self.discriminators = Discriminators(shapes, schemas, sink)
        self._unions = Unions(self.type_exprs, self.discriminators)
        self.modules: list[TypeModule] = []
        self.exports: list[TypeName] = []

    def build_pending(self) -> None:
        """Build a module for every named schema whose type was asked for, and for those that they ask for in turn."""
        pending = self.registry.next_pending()
        while pending is not None:
            named, direction, name = pending
            pointer = self.shapes.pointer_of(named)
            context = self.open(MainType(name=name, direction=direction, place=pointer), named.span, pointer)
            if not self._define_enum(named, context):
                self.define(named.schema, context, named.span)
            self.publish(context.module)
            pending = self.registry.next_pending()

    def close(self) -> None:
        """Let go of everything. The parts refer to each other, so that without the garbage collector, which the command
        line switches off, they would live on, and the document with them."""
        vars(self).clear()

    def open(self, main: MainType, span: Span, pointer: str) -> NamingContext:
        """Begin a module for a type that stands at `pointer` in the spec, and return the context of that type."""
        locked = self.locked_names.names_below(types_section(main.direction), main.place)
        return NamingContext(
            module=ModuleBuilder(main.name, span, pointer, locked),
            direction=main.direction,
            candidates=(main.name.name,),
            place=main.place,
            is_main=True,
        )

    def publish(self, module: ModuleBuilder) -> None:
        """Keep a finished module. Its package exports the type that it is named after."""
        self.modules.append(module.finish())
        self.exports.append(module.main)

    def keep(self, module: ModuleBuilder) -> None:
        """Keep a module without the type that it is named after, if it has others: those of path parameters."""
        if module.definitions:
            self.modules.append(module.finish())

    def define(self, schema: SchemaOrRef, context: NamingContext, span: Span) -> None:
        """Make the type of `schema` the main type of the module: a class, a union, or else an alias."""
        resolved = self.shapes.of(schema)
        if isinstance(resolved.shape, (ObjectShape, UnionShape)):
            self.type_exprs.ignoring_null(resolved, context)
            return
        name = context.module.reserve_name(context.module.main.name)
        expr = self.type_exprs.ignoring_null(resolved, context)
        alias = Alias(
            name=name,
            type=expr,
            limits=self.type_exprs.limits(schema, expr),
            doc=resolved.keywords.description,
            example=example_of(schema, self.shapes, context.direction),
            pointer=context.module.pointer,
            span=span,
        )
        context.module.append(alias)

    def _define_enum(self, named: NamedSchema, context: NamingContext) -> bool:
        """Define an enumeration, and return whether it is a class. Requests take its members and the plain values."""
        resolved = self.shapes.of(named.schema)
        shape = resolved.shape
        if not isinstance(shape, LiteralShape) or not self.type_exprs.is_class(named.name, shape.values):
            return False
        name = context.module.reserve_name(context.module.main.name)
        if context.direction is Direction.RESPONSE:
            context.module.append(self.type_exprs.enum_class(name, resolved.keywords, shape, context))
            return True
        own = NamedType(self.registry.type_of(named, Direction.RESPONSE))
        alias = Alias(
            name=name,
            type=UnionType((own, LiteralType(shape.values))),
            doc=resolved.keywords.description,
            pointer=context.module.pointer,
            span=named.span,
        )
        context.module.append(alias)
        return True

    def _object(self, resolved: Resolved, shape: ObjectShape, context: NamingContext) -> TypeExpr:
        return self._models.define(resolved, shape, context)

    def _union(self, resolved: Resolved, shape: UnionShape, context: NamingContext) -> TypeExpr:
        return self._unions.define(resolved, shape, context)

"""Makes an attrs class out of a model class when somebody asks for it, so that nothing pays before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:
    from ._fields import FieldInfo
    from ._model_meta import ModelMeta


def make_attrs_class(cls: ModelMeta) -> None:
    """`attrs.has`, `fields`, `evolve`, `asdict`, `resolve_types` and cattrs work on the class afterwards."""
    inherited = {id(info) for base in cls.__bases__ for info in getattr(base, "__model_fields__", {}).values()}
    own = {name: info for name, info in cls.__model_fields__.items() if id(info) not in inherited}
    attrs.define(
        cls,
        these={name: _attribute(info) for name, info in own.items()},
        slots=False,  # the class has its slots already; attrs would make a second class
        init=False,
        repr=False,
        eq=False,
        order=False,
        kw_only=True,
        auto_attribs=False,
        match_args=False,
        getstate_setstate=False,
        on_setattr=attrs.setters.NO_OP,
    )


def _attribute(info: FieldInfo) -> Any:
    metadata = {"wire_name": info.wire_name}
    if info.default_factory is not None or (not info.is_required() and not info.shared):
        return attrs.field(factory=info.fresh_default, metadata=metadata)
    default = attrs.NOTHING if info.is_required() else info.default
    return attrs.field(default=default, metadata=metadata)

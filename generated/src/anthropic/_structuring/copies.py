"""Copies of models, and what the less usual ways of making models need. Loaded at the first use."""

from __future__ import annotations

import copy
from typing import Any, Callable, Dict, Mapping, Optional, Set, TypeVar

from .model_meta import fields_of, new_instance, set_values, value_or_default
from .unstructure import ATOMS

ModelT = TypeVar("ModelT")


def shallow_copy(model: ModelT) -> ModelT:
    """Return a model with the same values. Undeclared keys and private attributes get dicts of their own."""
    return _duplicate(model, lambda value: value)


def deep_copy(model: ModelT, memo: Optional[Dict[int, Any]]) -> ModelT:
    """Return a model with copies of the values, as `copy.deepcopy` makes them."""
    return _duplicate(model, lambda value: copy.deepcopy(value, memo), memo)


def copy_with(model: ModelT, update: Mapping[str, Any], deep: bool) -> ModelT:
    """Return a copy in which some values are others, unchecked."""
    new: ModelT = copy.deepcopy(model) if deep else copy.copy(model)
    for name, value in update.items():
        setattr(new, name, value)
    return new


def mark_set(model: object, names: Set[str]) -> None:
    """Make `model_fields_set` say `names`, as far as values allow: a value that is not the default stays set."""
    for name, info in fields_of(type(model)).items():
        value = value_or_default(model, name)
        if name in names:
            object.__setattr__(model, name, value)
        elif name in dict(set_values(model)) and value == info.fresh_default():
            object.__delattr__(model, name)


def _duplicate(model: ModelT, duplicate: Callable[[Any], Any], memo: Optional[Dict[int, Any]] = None) -> ModelT:
    new: ModelT = new_instance(type(model))
    if memo is not None:
        memo[id(model)] = new  # before the parts: one of them may hold the model
    for name, value in set_values(model):
        object.__setattr__(new, name, value if type(value) in ATOMS else duplicate(value))
    for held in ("__extra__", "__hidden__"):
        kept: Optional[Dict[str, Any]] = getattr(model, held)
        object.__setattr__(new, held, None if kept is None else {key: duplicate(value) for key, value in kept.items()})
    return new

"""What counts as no worse than the reference: growth does, and nothing else."""

from __future__ import annotations

import pytest

from .no_worse import no_worse

CREATE = "async ( * max_tokens: int; stop: NotGiven | list[str] = NOT_GIVEN ) -> Message | Stream[Start | Stop]"

BETTER = {
    "another variant": ("A | B | C without default", "A | B without default"),
    "another value": ("L:'a' | L:'b' | L:'c' | None with default", "L:'a' | L:'b' | None with default"),
    "a variant deep inside": ("type[list[A | B | C]]", "type[list[A | B]]"),
    "another keyword": (CREATE.replace("max_tokens", "a: NotGiven | int = NOT_GIVEN; max_tokens"), CREATE),
    "a keyword takes more": (CREATE.replace("list[str]", "None | list[str]"), CREATE),
    "another event": (CREATE.replace("| Stop", "| Ping | Stop"), CREATE),
    "another overload": ("(a: int * ) -> A || overload 1: (a: int * ) -> A", "(a: int * ) -> A"),
    "a key takes more": ("required Iterable[A | B | C] | str", "required Iterable[A | B] | str"),
}
WORSE = {
    "missing": ("missing", "A | B without default"),
    "a variant less": ("A without default", "A | B without default"),
    "null": ("A | B | None without default", "A | B without default"),
    "another type": ("int", "str"),
    "one type becomes several": ("int | str", "str"),
    "required": ("A | B without default", "A | B with default"),
    "a required key": ("required str", "optional str"),
    "a keyword less": (CREATE.replace("; stop: NotGiven | list[str] = NOT_GIVEN", ""), CREATE),
    "a required keyword": (CREATE.replace("max_tokens", "a: int; max_tokens"), CREATE),
    "another default": (CREATE.replace("= NOT_GIVEN", "= None"), CREATE),
    "no coroutine": (CREATE.removeprefix("async "), CREATE),
    "another result": (CREATE.replace("-> Message |", "-> object |"), CREATE),
    "an overload less": ("(a: int * ) -> A", "(a: int * ) -> A || overload 1: (a: int * ) -> A"),
    "another position": ("(b: int; a: int * ) -> A", "(a: int; b: int * ) -> A"),
    "variadic": ("( * ) -> A", "( * variadic keyword kwargs: Any) -> A"),
}


@pytest.mark.parametrize("case", BETTER)
def test_growth_is_no_worse(case: str) -> None:
    assert no_worse(*BETTER[case])


@pytest.mark.parametrize("case", WORSE)
def test_everything_else_is(case: str) -> None:
    assert not no_worse(*WORSE[case])

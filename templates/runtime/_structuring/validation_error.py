"""What is raised when data is not as declared and somebody asked to know."""

from __future__ import annotations

from typing import Any, Dict, List, NamedTuple, Sequence, Tuple, Union

Path = Tuple[Union[str, int], ...]
"""Where a value is: keys of objects and positions in arrays, from the outside in."""


class Problem(NamedTuple):
    """One thing that is wrong, and where."""

    path: Path
    message: str

    def below(self, step: Union[str, int]) -> Problem:
        """Return the same problem, seen from one level up."""
        return Problem((step, *self.path), self.message)

    def __str__(self) -> str:
        return f"{path_text(self.path)}: {self.message}" if self.path else self.message


class ValidationError(ValueError):
    """Data is not as declared. The text names each place: `content[1].text: expected a string, got int`."""

    def __init__(self, title: str, problems: Sequence[Tuple[Path, str]]) -> None:
        self.title = title
        self.problems = tuple(Problem(*problem) for problem in problems)
        super().__init__(title, self.problems)

    @property
    def path(self) -> str:
        """The place of the first problem: `content[1].text`."""
        return path_text(self.problems[0].path) if self.problems else ""

    def errors(self) -> List[Dict[str, Any]]:
        """Return every problem as a dict with `loc` (the path) and `msg`."""
        return [{"loc": problem.path, "msg": problem.message} for problem in self.problems]

    def error_count(self) -> int:
        """Return how many problems there are."""
        return len(self.problems)

    def below(self, step: Union[str, int]) -> ValidationError:
        """Return the same error, seen from one level up."""
        return ValidationError(self.title, [problem.below(step) for problem in self.problems])

    def __str__(self) -> str:
        count = len(self.problems)
        head = f"{count} validation error{'' if count == 1 else 's'} for {self.title}"
        return "\n".join([head, *(f"  {problem}" for problem in self.problems)])


def path_text(path: Path) -> str:
    """Return a path as people write it: `("content", 1, "text")` → `content[1].text`."""
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        elif step.isidentifier():
            text += f".{step}" if text else step
        else:
            text += f"[{step!r}]"
    return text

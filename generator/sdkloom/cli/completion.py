"""`sdkloom completion`: print a script that completes commands, options and their values in a shell."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any, cast

import shtab

from .exit_codes import OK

_KINDS = {"FOLDER": shtab.DIRECTORY, "FILE": shtab.FILE, "SPEC": shtab.FILE, "BASE": shtab.FILE, "REVISION": shtab.FILE}
"""What is completed, by the placeholder of an argument."""


def print_script(parser: argparse.ArgumentParser, shell: str) -> int:
    """Print the script for `shell`; gives the exit code."""
    for action in _actions(parser):
        if action.metavar in _KINDS and action.choices is None:
            action.complete = _KINDS[action.metavar]
    print(shtab.complete(parser, shell=shell))
    return OK


def _actions(parser: argparse.ArgumentParser) -> Iterator[Any]:
    """The arguments of a command and of those below it."""
    for action in vars(parser)["_actions"]:
        yield action
        choices: Any = action.choices
        commands = cast("dict[str, argparse.ArgumentParser]", choices) if isinstance(choices, dict) else {}
        for command in commands.values():
            yield from _actions(command)

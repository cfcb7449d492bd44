"""Work in a second process, for the second core."""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Beside(Generic[T]):
    """A forked child that runs `work` while the caller goes on; `result` waits for what it gives.

    What the child changes stays in the child: `work` has to give everything that matters, as something that pickles.
    Without `fork` (Windows) the work is done when the result is asked for.
    """

    def __init__(self, work: Callable[[], T]) -> None:
        self._work = work
        self._pid = 0
        if not hasattr(os, "fork"):
            return
        self._reading, writing = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        self._pid = os.fork()
        if self._pid == 0:
            os.close(self._reading)
            self._child(writing)
        os.close(writing)

    def _child(self, writing: int) -> None:
        """Never returns. Whatever goes wrong, the parent does the work again and meets it itself."""
        code = 1
        try:
            data = pickle.dumps(self._work(), protocol=pickle.HIGHEST_PROTOCOL)
            with os.fdopen(writing, "wb") as pipe:
                pipe.write(data)
            code = 0
        finally:
            os._exit(code)

    def result(self) -> T:
        """What the work gave."""
        if not self._pid:
            return self._work()
        with os.fdopen(self._reading, "rb") as pipe:
            data = pipe.read()
        _, status = os.waitpid(self._pid, 0)
        self._pid = 0
        if status or not data:
            return self._work()
        made: T = pickle.loads(data)
        return made

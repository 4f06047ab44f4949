"""What a child process must not share with its parent after a fork: locks, and what counts or carries for the parent.

A child has one thread, and a copy of all memory: a lock that another thread of the parent held is never given back
there, and a connection is read by both.  What registers here is told of the fork in the child, before anything else
runs there.
"""

import os
import threading
import weakref
from types import TracebackType
from typing import Protocol


class Forked(Protocol):
    """What has to know that it is in a child now."""

    def forked(self) -> None:
        """Lets go of what belongs to the parent; nothing else runs in the child yet, and nothing may be waited for."""


_REGISTERED: "weakref.WeakSet[Forked]" = weakref.WeakSet()


def told_of_forks(one: Forked) -> None:
    """Has `forked` of an object called in every child, as long as the object lives.

    Args:
        one: the object, which can be hashed and weakly referred to.
    """
    _REGISTERED.add(one)


class ForkLock:
    """A lock for `with`, which is free in a child, whoever held it in the parent."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        told_of_forks(self)

    def __enter__(self) -> None:
        self._lock.acquire()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._lock.release()

    def forked(self) -> None:
        """Is free."""
        self._lock = threading.Lock()


def _tell() -> None:
    for one in list(_REGISTERED):
        one.forked()


if hasattr(os, "register_at_fork"):  # where a process can be forked
    os.register_at_fork(after_in_child=_tell)

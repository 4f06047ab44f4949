"""Replaces, in a child process after a fork, what it must not share with its parent: locks, counters, connections.

A child has one thread and a copy of all memory: a lock that another thread of the parent held is never released in the
child, and both processes would read from one connection.  Objects that register here are called in the child before
anything else runs there.
"""

import os
import threading
import weakref
from types import TracebackType
from typing import Protocol


class ForkAware(Protocol):
    """An object that must know when it is in a child process."""

    def after_fork(self) -> None:
        """Releases what belongs to the parent; nothing else runs in the child yet, and this must not wait."""


_REGISTERED: "weakref.WeakSet[ForkAware]" = weakref.WeakSet()


def call_after_fork(registered: ForkAware) -> None:
    """Registers an object: its `after_fork` is called in every child, as long as the object lives.

    Args:
        registered: the object; it must be hashable and weakly referable.
    """
    _REGISTERED.add(registered)


class ForkLock:
    """A lock for `with` that is free in a child process, even if a thread of the parent held it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        call_after_fork(self)

    def __enter__(self) -> None:
        self._lock.acquire()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._lock.release()

    def after_fork(self) -> None:
        """Replaces the lock by a free one."""
        self._lock = threading.Lock()


def _call_registered() -> None:
    for registered in list(_REGISTERED):
        registered.after_fork()


if hasattr(os, "register_at_fork"):  # where a process can be forked
    os.register_at_fork(after_in_child=_call_registered)

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


class ForkAware(Protocol):
    """What has to know that it is in a child now."""

    def after_fork(self) -> None:
        """Lets go of what belongs to the parent; nothing else runs in the child yet, and nothing may be waited for."""


_REGISTERED: "weakref.WeakSet[ForkAware]" = weakref.WeakSet()


def call_after_fork(registered: ForkAware) -> None:
    """Has `forked` of an object called in every child, as long as the object lives.

    Args:
        registered: the object, which can be hashed and weakly referred to.
    """
    _REGISTERED.add(registered)


class ForkLock:
    """A lock for `with`, which is free in a child, whoever held it in the parent."""

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
        """Is free."""
        self._lock = threading.Lock()


def _call_registered() -> None:
    for registered in list(_REGISTERED):
        registered.after_fork()


if hasattr(os, "register_at_fork"):  # where a process can be forked
    os.register_at_fork(after_in_child=_call_registered)

"""The connections of a server: beyond a maximum, a new one replaces the one that has waited the longest."""

import socket
import threading
import time
from contextlib import suppress


class OpenConnections:
    """The connections of a server. Threads may share it.

    Args:
        most: how many there may be at a time.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._lock = threading.Lock()
        self._waiting_since: dict[socket.socket, float | None] = {}

    def add(self, connection: socket.socket) -> bool:
        """Adds a connection that waits for its first request.

        Returns:
            False if there are too many, and all of them answer a request.
        """
        with self._lock:
            if len(self._waiting_since) >= self.most and not self._end_idlest():
                return False
            self._waiting_since[connection] = time.monotonic()
        return True

    def answers(self, connection: socket.socket) -> None:
        """Records that a connection handles a request, so that it is not ended for a new one."""
        self._set(connection, None)

    def waits(self, connection: socket.socket) -> None:
        """Records that a connection has answered its request, and waits again."""
        self._set(connection, time.monotonic())

    def discard(self, connection: socket.socket) -> None:
        """Removes a connection that has ended."""
        with self._lock:
            self._waiting_since.pop(connection, None)

    def end_all(self) -> None:
        """Lets no connection read a further request."""
        with self._lock:
            for connection in self._waiting_since:
                _end(connection)

    def _set(self, connection: socket.socket, since: float | None) -> None:
        with self._lock:
            if connection in self._waiting_since:
                self._waiting_since[connection] = since

    def _end_idlest(self) -> bool:
        waiting = [(since, connection) for connection, since in self._waiting_since.items() if since is not None]
        if not waiting:
            return False
        _, idlest = min(waiting, key=lambda pair: pair[0])
        del self._waiting_since[idlest]
        _end(idlest)
        return True


def _end(connection: socket.socket) -> None:
    """Ends the input of a connection, so that its thread closes it."""
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RD)

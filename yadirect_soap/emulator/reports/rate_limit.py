"""How often a login may ask for reports: so many requests in so many seconds, whichever they are."""

import threading
from collections import defaultdict, deque
from collections.abc import Callable


class Rate:
    """Counts the requests of each login.  `clock` gives seconds; safe to share among threads."""

    def __init__(self, most: int, seconds: float, clock: Callable[[], float]) -> None:
        self._most = most
        self._seconds = seconds
        self._clock = clock
        self._lock = threading.Lock()
        self._moments: defaultdict[str, deque[float]] = defaultdict(deque)

    def admit(self, login: str) -> bool:
        """Whether a request may go on; one that may not is not counted."""
        with self._lock:
            now, moments = self._clock(), self._moments[login]
            # A clock that was put back would keep its future for ever.
            while moments and not now - self._seconds < moments[0] <= now:
                moments.popleft()
            if len(moments) >= self._most:
                return False
            moments.append(now)
            return True

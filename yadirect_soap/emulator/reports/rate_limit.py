"""The rate limit of reports: how many requests a login may send in some seconds."""

import threading
from collections import defaultdict, deque
from collections.abc import Callable


class RateLimit:
    """Counts the requests of each login.  `clock` returns seconds.  Safe to share among threads."""

    def __init__(self, max_requests: int, seconds: float, clock: Callable[[], float]) -> None:
        self._max_requests = max_requests
        self._seconds = seconds
        self._clock = clock
        self._lock = threading.Lock()
        self._moments: defaultdict[str, deque[float]] = defaultdict(deque)

    def admit(self, login: str) -> bool:
        """Whether a request is within the limit; a refused one is not counted."""
        with self._lock:
            now, moments = self._clock(), self._moments[login]
            # A clock that was put back would keep its future for ever.
            while moments and not now - self._seconds < moments[0] <= now:
                moments.popleft()
            if len(moments) >= self._max_requests:
                return False
            moments.append(now)
            return True

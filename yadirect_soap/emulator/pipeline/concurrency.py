"""Limits the concurrent requests of an advertiser.

https://yandex.ru/dev/direct/doc/ru/concepts/limits
"""

import hashlib
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from yadirect_soap.protocol import headers
from yadirect_soap.protocol.messages import Headers

from ..domain import error_codes

MAX_CONCURRENT = 5
"""Concurrent requests of an advertiser, from all applications and representatives together."""


class ConcurrencyLimit:
    """Refuses requests of an advertiser beyond its limit, with error 506.  Safe to share among threads.

    It counts before the store, whose lock lets only one call through at a time.  So it uses the headers, and
    resolve_token() provides the advertiser of a token without Client-Login.
    """

    def __init__(self, max_concurrent: int = MAX_CONCURRENT) -> None:
        self._max_concurrent = max_concurrent
        self._in_progress: Counter[str] = Counter()
        self._advertisers: dict[str, str] = {}
        self._lock = threading.Lock()

    @contextmanager
    def acquire(self, fields: Headers, language: str) -> Iterator[None]:
        """Counts a request while it is processed; raises error 506 beyond the limit."""
        with self._lock:
            advertiser = self._advertiser(fields)
            if self._in_progress[advertiser] >= self._max_concurrent:
                raise error_codes.fault(506, _too_many(self._max_concurrent, language), language=language)
            self._in_progress[advertiser] += 1
        try:
            yield
        finally:
            with self._lock:
                # The advertiser of the token may be known by now.
                advertiser = self._advertisers.get(advertiser, advertiser)
                self._in_progress[advertiser] -= 1
                if not self._in_progress[advertiser]:
                    del self._in_progress[advertiser]

    def resolve_token(self, fields: Headers, login: str) -> None:
        """Counts the requests of a token that come without Client-Login as those of its advertiser."""
        if not fields.get(headers.CLIENT_LOGIN):
            with self._lock:
                digest, advertiser = _digest(fields), _one_spelling(login)
                self._advertisers[digest] = advertiser
                if digest in self._in_progress:
                    self._in_progress[advertiser] += self._in_progress.pop(digest)

    def _advertiser(self, fields: Headers) -> str:
        named = fields.get(headers.CLIENT_LOGIN, "").strip()
        if named:
            return _one_spelling(named)
        digest = _digest(fields)
        return self._advertisers.get(digest, digest)


def _digest(fields: Headers) -> str:
    return hashlib.sha256(fields.get(headers.AUTHORIZATION, "").encode()).hexdigest()


def _one_spelling(login: str) -> str:
    return login.lower().replace(".", "-")


def _too_many(max_concurrent: int, language: str) -> str:
    if language == "ru":
        return f"Одновременно выполняется не более {max_concurrent} запросов рекламодателя"
    return f"No more than {max_concurrent} requests of an advertiser are processed at a time"

"""Timeouts: the time limits for the parts of an exchange."""

import threading
from typing import Any, NamedTuple, Self

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _

FOREVER = threading.TIMEOUT_MAX
"""Seconds that no operation of the system can wait longer."""


class Timeouts(NamedTuple):
    """The time limits for the parts of an exchange, in seconds.

    Attributes:
        connect: to make a connection; TCP, the CONNECT of a proxy and the TLS handshake may each take this long.
        read: between two bytes of the response.
        total: for the whole exchange, from connecting to the last byte of the response. Only waiting counts, not the
            time that the caller spends on the rows of a report.
        write: between two bytes of the request.
        write_total: to send the whole request.
        write_rate: bytes per second; after `write` seconds a request must be sent at least this fast.
    """

    connect: float = 10.0
    read: float = 180.0
    total: float = 900.0
    write: float = 30.0
    write_total: float = 600.0
    write_rate: float = 1024.0

    def checked(self) -> Self:
        """Checks the numbers.

        Returns:
            The timeouts themselves.

        Raises:
            ConfigurationError: a time is not a number of seconds above 0, or `write_rate` is negative.
        """
        for name, value in self._asdict().items():
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise ConfigurationError(_("{name} of Timeouts is a number, not {value!r:.40}", name=name, value=value))
        # Not `> 0` of the smallest: no comparison with NaN holds.
        times = (self.connect, self.read, self.total, self.write, self.write_total)
        if not all(0 < seconds < FOREVER for seconds in times):
            raise ConfigurationError(_("a timeout is a number of seconds, more than 0"))
        if not self.write_rate >= 0:
            raise ConfigurationError(_("write_rate is a number of bytes a second, 0 or more"))
        return self

    def capped(self, seconds: float | None) -> Self:
        """Limits `connect` and `read`.

        Args:
            seconds: the upper limit; None changes nothing.

        Returns:
            The same timeouts, with `connect` and `read` not above the limit.
        """
        if seconds is None:
            return self
        return self._replace(connect=min(self.connect, seconds), read=min(self.read, seconds))


DEFAULT_TIMEOUTS = Timeouts()
MAX_RESPONSE_BYTES = 512 * 1024 * 1024


def timeouts_of(timeout: Any) -> Timeouts:
    """Converts the setting `timeout` (seconds, (connect, read) or Timeouts); ConfigurationError for anything else."""
    if isinstance(timeout, Timeouts):
        return timeout.checked()
    try:
        if any(isinstance(seconds, bool) for seconds in (timeout if isinstance(timeout, tuple) else (timeout,))):
            raise TypeError
        connect, read = timeout if isinstance(timeout, tuple) else (min(timeout, DEFAULT_TIMEOUTS.connect), timeout)
        return DEFAULT_TIMEOUTS._replace(connect=connect, read=read, write=read).checked()
    except (TypeError, ValueError):
        raise ConfigurationError(
            _("timeout is seconds, (connect, read) or Timeouts, not {timeout!r:.40}", timeout=timeout)
        ) from None


def checked_size(size: object) -> int:
    """Checks a number of bytes, 1 or more; ConfigurationError for anything else."""
    if isinstance(size, int) and not isinstance(size, bool) and size > 0:
        return size
    raise ConfigurationError(_("max_response_bytes is a number of bytes, 1 or more, not {size!r:.40}", size=size))

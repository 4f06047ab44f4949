"""Logs names and values in responses that the contract does not have: each once, in one line for each response."""

from collections.abc import Mapping

from yadirect_soap.escaping import one_line

from . import call_logging

_SHOWN = 5
_REMEMBERED = 1000


class UnknownLog:
    """The names that one Direct has logged; copies for other clients of an agency share it."""

    def __init__(self) -> None:
        self._logged: set[str] = set()

    def log(self, operation: str, unknown: Mapping[str, int]) -> None:
        """Warns about names that are new; at most 1,000 are remembered, and after that no more are logged.

        Args:
            operation: the operation, such as `ads.get`.
            unknown: how often each name came, such as `{"ads:AdGetItem.New": 2}`.
        """
        room = _REMEMBERED - len(self._logged)
        if room <= 0:
            return
        new = [name for name in unknown if name not in self._logged][:room]
        if not new:
            return
        self._logged.update(new)
        call_logging.LOGGER.warning("%s: the contract does not know %s; it is kept", operation, one_line(listed(new)))


def listed(names: list[str]) -> str:
    """Returns the first names, and how many more there are."""
    more = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {more} more names" if more > 0 else "")

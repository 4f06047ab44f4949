"""Errors of dlt and database drivers as errors of this package: what the database said, without values of rows."""

from collections.abc import Iterator
from contextlib import contextmanager

from yadirect_soap.errors import ConfigurationError, DirectError
from yadirect_soap.escaping import one_line
from yadirect_soap.language import _

_LONGEST_REASON = 500


@contextmanager
def as_configuration_error(display_name: str) -> Iterator[None]:
    """Raises ConfigurationError instead of errors of dlt and drivers, as when they connect."""
    try:
        yield
    except Exception as error:  # noqa: BLE001  whatever a driver has
        raise_own(error)
        raise ConfigurationError(
            _("{shown} cannot be used: {reason}", shown=display_name, reason=reason(error))
        ) from None


@contextmanager
def as_os_error(display_name: str) -> Iterator[None]:
    """Raises OSError that names the destination instead of errors of dlt and drivers."""
    try:
        yield
    except (DirectError, OSError, GeneratorExit):
        raise
    except Exception as error:
        raise_own(error)
        raise OSError(
            _("{shown}: {reason}; what was not committed is read again", shown=display_name, reason=reason(error))
        ) from error


def causes(error: BaseException) -> Iterator[BaseException]:
    """Yields an error and its causes, the innermost last: each step of dlt raises its own error."""
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        # dlt chains nothing to an error of a connection, which has what the driver said.
        caught = cause.__cause__ or getattr(cause, "inner_exc", None)
        # dlt fails itself where it rolls back on a connection that the server has closed.
        cause = caught or (cause.__context__ if isinstance(cause, AttributeError) else None)


def raise_own(error: BaseException) -> None:
    """Raises the cause of an error of dlt that is none of the database.

    A DirectError says that a value does not fit its column, which concerns one login.  A KeyboardInterrupt is a signal.
    """
    for cause in causes(error):
        if isinstance(cause, (DirectError, KeyboardInterrupt)):
            raise cause from None


def reason(error: BaseException) -> str:
    """Returns the first line of the innermost cause, since the text of dlt's own error begins with its steps.

    Further lines of a database error contain the statement, with values of rows.
    """
    *_, cause = causes(error)
    first = next((line for line in str(cause).splitlines() if line.strip()), "")
    return one_line(f"{type(cause).__name__}: {first.strip()}", _LONGEST_REASON)

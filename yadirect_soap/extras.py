"""The extras: optional dependencies, and the error that names the extra to install when one is missing.

>>> with needed("reading YAML", "yaml"):
...     import yaml
"""

from collections.abc import Iterator
from contextlib import contextmanager

from .errors import ConfigurationError
from .language import _


@contextmanager
def needed(purpose: str, extra: str, *, of: str = "yadirect-soap") -> Iterator[None]:
    """Around the import of a package that may not be installed.

    Args:
        purpose: what needs the package, as the beginning of a sentence.
        extra: the extra that brings it.
        of: the package that has the extra.

    Raises:
        ConfigurationError: the package cannot be imported; it says what needs it, why it failed, and what to install.
    """
    try:
        yield
    except ImportError as error:
        package = (error.name or "").partition(".")[0]
        message = _(
            "{purpose}: {package} cannot be imported ({error}); install it: {command}",
            purpose=purpose,
            package=package,
            error=error,
            command=command(extra, of),
        )
        if isinstance(error, ModuleNotFoundError):
            message = _(
                "{purpose}: {package} is not installed; install it: {command}",
                purpose=purpose,
                package=package,
                command=command(extra, of),
            )
        raise ConfigurationError(message) from error


def command(extra: str, of: str = "yadirect-soap") -> str:
    """Returns the command that installs an extra, in quotes that every shell takes."""
    return f'pip install "{of}[{extra}]"'

"""Checks that an argument is True or False, for every public method that has such an argument."""

from typing import Any

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _


def checked_boolean(name: str, value: Any) -> bool:
    """Checks that an argument is True or False, as "no" and "false" would count as true.

    Args:
        name: the name of the argument.
        value: its value.

    Returns:
        The value.

    Raises:
        ConfigurationError: it is something else.
    """
    if not isinstance(value, bool):
        raise ConfigurationError(_("{name} is True or False, not {value!r:.40}", name=name, value=value))
    return value

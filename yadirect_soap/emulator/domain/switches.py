"""Switches of the emulator for behaviour of the live API that is not documented."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _


@dataclass(slots=True)
class Switches:
    """Can be set while the emulator runs; they apply to later calls.

    - `deletes_in_changes`: whether Changes reports the group and campaign of a deleted object as changed.
    """

    deletes_in_changes: bool = False

    def as_dict(self) -> dict[str, bool]:
        """Returns every switch by its name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def set(self, values: Mapping[str, Any]) -> None:
        """Sets several switches, all or none of them.

        Args:
            values: True or False by the name of a switch.

        Raises:
            ConfigurationError: There is no such switch, or the value is neither True nor False.
        """
        known = self.as_dict()
        for name, value in values.items():
            if name not in known:
                raise ConfigurationError(_("$.{name}: unknown, expected {known}", name=name, known=", ".join(known)))
            if not isinstance(value, bool):
                raise ConfigurationError(
                    _("$.{name}: found {value!r:.40}, expected true or false", name=name, value=value)
                )
        for name, value in values.items():
            setattr(self, name, value)

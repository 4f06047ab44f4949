"""adextensiontypes: what its operations send and answer, by the names of the contract.

Made from wsdl/adextensiontypes.xsd and facts.toml by `make generate`; not to be edited.
"""

from collections.abc import Sequence
from typing import Literal, TypedDict

from . import general

AdExtensionTypeEnum = Literal["CALLOUT", "UNKNOWN"]

AdExtensionStateSelectionEnum = Literal["ON", "DELETED"]


class Callout(TypedDict):
    """Sent by adextensions.add.

    Answered by adextensions.get.
    """

    CalloutText: str


class AdExtensionSettingItem(TypedDict):
    """Sent by ads.update."""

    AdExtensionId: int
    Operation: general.OperationEnum


class AdExtensionSetting(TypedDict):
    """Sent by ads.update."""

    AdExtensions: Sequence[AdExtensionSettingItem]

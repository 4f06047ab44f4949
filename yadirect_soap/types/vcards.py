"""VCards: what its operations send and answer, by the names of the contract.

Made from wsdl/vcards.wsdl and facts.toml by `make generate`; not to be edited.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal, NotRequired, TypedDict

from . import general

VCardFieldEnum = Literal[
    "Id",
    "Country",
    "City",
    "Street",
    "House",
    "Building",
    "Apartment",
    "CompanyName",
    "ExtraMessage",
    "ContactPerson",
    "ContactEmail",
    "MetroStationId",
    "CampaignId",
    "Ogrn",
    "WorkTime",
    "InstantMessenger",
    "Phone",
    "PointOnMap",
]


class Phone(TypedDict):
    """Sent by vcards.add.

    Answered by vcards.get.
    """

    CountryCode: str
    CityCode: str
    PhoneNumber: str
    Extension: NotRequired[str]


class InstantMessenger(TypedDict):
    """Sent by vcards.add.

    Answered by vcards.get.
    """

    MessengerClient: str
    MessengerLogin: str


class MapPoint(TypedDict):
    """Sent by vcards.add.

    Answered by vcards.get.
    """

    X: Decimal | int
    Y: Decimal | int
    X1: Decimal | int
    Y1: Decimal | int
    X2: Decimal | int
    Y2: Decimal | int


class VCardAddItem(TypedDict):
    """Sent by vcards.add."""

    CampaignId: int
    Country: str
    City: str
    CompanyName: str
    WorkTime: str
    Phone: Phone
    Street: NotRequired[str]
    House: NotRequired[str]
    Building: NotRequired[str]
    Apartment: NotRequired[str]
    InstantMessenger: NotRequired[InstantMessenger]
    ExtraMessage: NotRequired[str]
    ContactEmail: NotRequired[str]
    Ogrn: NotRequired[str]
    MetroStationId: NotRequired[int]
    PointOnMap: NotRequired[MapPoint]
    ContactPerson: NotRequired[str]


class AddRequest(TypedDict):
    """Params of vcards.add.

    At most 1_000 objects a call.
    Costs 20 units and 20 for each object.
    https://yandex.ru/dev/direct/doc/ref-v5/vcards/vcards.html
    """

    VCards: Sequence[VCardAddItem]


class AddResponse(TypedDict):
    """Answered by vcards.add."""

    AddResults: list[general.ActionResult]


class GetRequest(TypedDict):
    """Params of vcards.get.

    At most 10_000 objects a page.
    SelectionCriteria holds at most 10_000 Ids.
    Costs 15 units and 1 for each object.
    https://yandex.ru/dev/direct/doc/ref-v5/vcards/vcards.html
    """

    Page: NotRequired[general.LimitOffset]
    SelectionCriteria: NotRequired[general.IdsCriteria]
    FieldNames: Sequence[VCardFieldEnum]


class VCardGetItem(TypedDict):
    """Answered by vcards.get."""

    Id: int
    CampaignId: int
    Country: str
    City: str
    WorkTime: str
    Phone: Phone
    Street: str | None
    House: str | None
    Building: str | None
    Apartment: str | None
    InstantMessenger: InstantMessenger | None
    CompanyName: str | None
    ExtraMessage: str | None
    ContactEmail: str | None
    Ogrn: str | None
    MetroStationId: int | None
    PointOnMap: MapPoint | None
    ContactPerson: str | None


class GetResponse(TypedDict):
    """Answered by vcards.get."""

    LimitedBy: int
    VCards: list[VCardGetItem]


class DeleteRequest(TypedDict):
    """Params of vcards.delete.

    At most 1_000 objects a call (not documented, assumed).
    Costs 10 units.
    https://yandex.ru/dev/direct/doc/ref-v5/vcards/vcards.html
    """

    SelectionCriteria: general.IdsCriteria


class DeleteResponse(TypedDict):
    """Answered by vcards.delete."""

    DeleteResults: list[general.ActionResult]

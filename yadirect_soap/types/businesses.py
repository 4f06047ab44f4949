"""Businesses: what its operations send and answer, by the names of the contract.

Made from wsdl/businesses.wsdl and facts.toml by `make generate`; not to be edited.
"""

from collections.abc import Sequence
from typing import Literal, NotRequired, TypedDict

from . import general

BusinessFieldEnum = Literal[
    "Id",
    "Name",
    "Address",
    "Phone",
    "ProfileUrl",
    "InternalUrl",
    "IsPublished",
    "MergedIds",
    "Rubric",
    "Urls",
    "HasOffice",
]


class GetRequest(TypedDict):
    """Params of businesses.get.

    At most 10_000 objects a page.
    Costs 10 units and 1 for each object.
    https://yandex.ru/dev/direct/doc/en/businesses/businesses
    """

    Page: NotRequired[general.LimitOffset]
    SelectionCriteria: NotRequired[general.IdsCriteria]
    FieldNames: Sequence[BusinessFieldEnum]


class BusinessGetItem(TypedDict):
    """Answered by businesses.get."""

    Id: int
    Name: str
    Address: str | None
    Phone: str
    ProfileUrl: str
    InternalUrl: str
    IsPublished: general.YesNoEnum
    MergedIds: general.ArrayOfLong | None
    Rubric: str
    Urls: general.ArrayOfString | None
    HasOffice: general.YesNoEnum


class GetResponse(TypedDict):
    """Answered by businesses.get."""

    LimitedBy: int
    Businesses: list[BusinessGetItem]

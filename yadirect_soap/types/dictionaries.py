"""Dictionaries: what its operations send and answer, by the names of the contract.

Made from wsdl/dictionaries.wsdl and facts.toml by `make generate`; not to be edited.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal, NotRequired, TypedDict

from . import general

DictionaryNameEnum = Literal[
    "Currencies",
    "MetroStations",
    "GeoRegions",
    "GeoRegionNames",
    "TimeZones",
    "Constants",
    "AdCategories",
    "OperationSystemVersions",
    "ProductivityAssertions",
    "SupplySidePlatforms",
    "Interests",
    "AudienceCriteriaTypes",
    "AudienceDemographicProfiles",
    "AudienceInterests",
    "FilterSchemas",
]

CanSelectEnum = Literal["ALL", "EXCEPT_ALL"]

InterestTypeEnum = Literal["SHORT_TERM", "LONG_TERM", "ANY"]

FilterFieldType = Literal["Enum", "Number", "String"]

GeoRegionFieldEnum = Literal["GeoRegionId", "GeoRegionName", "ParentGeoRegionNames"]


class GetRequest(TypedDict):
    """Params of dictionaries.get.

    Costs 1 unit.
    https://yandex.ru/dev/direct/doc/en/dictionaries/dictionaries
    """

    DictionaryNames: Sequence[DictionaryNameEnum]


class ConstantsItem(TypedDict):
    """Answered by dictionaries.get."""

    Name: str
    Value: str


class CurrenciesItem(TypedDict):
    """Answered by dictionaries.get."""

    Currency: str
    Properties: list[ConstantsItem]


class MetroStationsItem(TypedDict):
    """Answered by dictionaries.get."""

    GeoRegionId: int
    MetroStationId: int
    MetroStationName: str


class GeoRegionsItem(TypedDict):
    """Answered by dictionaries.get."""

    GeoRegionId: int
    GeoRegionName: str
    GeoRegionType: str
    ParentId: int | None


class GeoRegionNamesItem(TypedDict):
    """Answered by dictionaries.get."""

    GeoRegionId: int
    GeoRegionName: str
    GeoRegionType: str


class TimeZonesItem(TypedDict):
    """Answered by dictionaries.get."""

    TimeZone: str
    TimeZoneName: str
    UtcOffset: int


class AdCategoriesItem(TypedDict):
    """Answered by dictionaries.get."""

    AdCategory: str
    Description: str
    Message: str


class OperationSystemVersionsItem(TypedDict):
    """Answered by dictionaries.get."""

    OsName: str
    OsVersion: str


class ProductivityAssertionsItem(TypedDict):
    """Answered by dictionaries.get."""

    Reference: int
    Title: str
    Recommendation: str


class SupplySidePlatformsItem(TypedDict):
    """Answered by dictionaries.get."""

    Title: str


class InterestsItem(TypedDict):
    """Answered by dictionaries.get."""

    InterestId: int
    ParentId: int | None
    Name: str
    IsTargetable: general.YesNoEnum


class AudienceCriteriaTypesItem(TypedDict):
    """Answered by dictionaries.get."""

    Type: str
    BlockElement: str
    Name: str
    Description: str
    CanSelect: CanSelectEnum


class AudienceDemographicProfilesItem(TypedDict):
    """Answered by dictionaries.get."""

    Id: int
    Type: str
    Name: str
    Description: str


class AudienceInterestsItem(TypedDict):
    """Answered by dictionaries.get."""

    InterestKey: int
    Id: int
    ParentId: int
    Name: str
    Description: str
    InterestType: InterestTypeEnum


class EnumFilterFieldProps(TypedDict):
    """Answered by dictionaries.get."""

    Values: general.ArrayOfString


class NumberFilterFieldProps(TypedDict):
    """Answered by dictionaries.get."""

    Min: Decimal
    Max: Decimal
    Precision: int


class StringFilterFieldProps(TypedDict):
    """Answered by dictionaries.get."""

    MaxLength: int
    MinLength: int


class FilterFieldOperator(TypedDict):
    """Answered by dictionaries.get."""

    MaxItems: int
    Type: general.StringConditionOperatorEnum


class FilterFieldItem(TypedDict):
    """Answered by dictionaries.get."""

    Name: str
    Type: FilterFieldType
    EnumProps: EnumFilterFieldProps
    NumberProps: NumberFilterFieldProps
    StringProps: StringFilterFieldProps
    Operators: list[FilterFieldOperator]


class FilterSchemasItem(TypedDict):
    """Answered by dictionaries.get."""

    Name: str
    Fields: list[FilterFieldItem]


class GetResponse(TypedDict):
    """Answered by dictionaries.get."""

    Currencies: list[CurrenciesItem]
    MetroStations: list[MetroStationsItem]
    GeoRegions: list[GeoRegionsItem]
    GeoRegionNames: list[GeoRegionNamesItem]
    TimeZones: list[TimeZonesItem]
    Constants: list[ConstantsItem]
    AdCategories: list[AdCategoriesItem]
    OperationSystemVersions: list[OperationSystemVersionsItem]
    ProductivityAssertions: list[ProductivityAssertionsItem]
    SupplySidePlatforms: list[SupplySidePlatformsItem]
    Interests: list[InterestsItem]
    AudienceCriteriaTypes: list[AudienceCriteriaTypesItem]
    AudienceDemographicProfiles: list[AudienceDemographicProfilesItem]
    AudienceInterests: list[AudienceInterestsItem]
    FilterSchemas: list[FilterSchemasItem]


class GeoRegionsSelectionCriteria(TypedDict):
    """Sent by dictionaries.getGeoRegions."""

    Name: NotRequired[str]
    RegionIds: NotRequired[Sequence[int]]
    ExactNames: NotRequired[list[str] | tuple[str, ...]]


class GetGeoRegionsRequest(TypedDict):
    """Params of dictionaries.getGeoRegions.

    At most 10_000 objects a page.
    Costs 1 unit (not documented, assumed).
    https://yandex.ru/dev/direct/doc/en/dictionaries/dictionaries
    """

    Page: NotRequired[general.LimitOffset]
    SelectionCriteria: GeoRegionsSelectionCriteria
    FieldNames: Sequence[GeoRegionFieldEnum]


class GeoRegionGetItem(TypedDict):
    """Answered by dictionaries.getGeoRegions."""

    GeoRegionId: int
    GeoRegionName: str
    ParentGeoRegionNames: general.ArrayOfString | None


class GetGeoRegionsResponse(TypedDict):
    """Answered by dictionaries.getGeoRegions."""

    LimitedBy: int
    GeoRegions: list[GeoRegionGetItem]

"""generalclients: what its operations send and answer, by the names of the contract.

Made from wsdl/generalclients.xsd and facts.toml by `make generate`; not to be edited.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Literal, NotRequired, TypedDict

from . import Amount, general

TinInfoFieldEnum = Literal["TinType", "Tin"]

OrgInfoFieldEnum = Literal["Name", "EpayNumber", "RegNumber", "OksmNumber", "OkvedCode"]

ContractInfoFieldEnum = Literal["Number", "Date", "Price", "Type", "ActionType", "SubjectType", "IsAgencyPayment"]

ContragentInfoFieldEnum = Literal["Name", "Phone", "EpayNumber", "RegNumber", "OksmNumber"]

PrivilegeEnum = Literal["EDIT_CAMPAIGNS", "IMPORT_XLS", "TRANSFER_MONEY"]

EmailSubscriptionEnum = Literal["RECEIVE_RECOMMENDATIONS", "TRACK_MANAGED_CAMPAIGNS", "TRACK_POSITION_CHANGES"]

ClientRestrictionEnum = Literal[
    "ADGROUPS_TOTAL_PER_CAMPAIGN",
    "ADS_TOTAL_PER_ADGROUP",
    "API_POINTS",
    "CAMPAIGNS_TOTAL_PER_CLIENT",
    "CAMPAIGNS_UNARCHIVED_PER_CLIENT",
    "FORECAST_REPORTS_TOTAL_IN_QUEUE",
    "KEYWORDS_TOTAL_PER_ADGROUP",
    "STAT_REPORTS_TOTAL_IN_QUEUE",
    "WORDSTAT_REPORTS_TOTAL_IN_QUEUE",
    "AD_EXTENSIONS_TOTAL",
    "GENERAL_DOMAIN_BLACKLIST_SIZE",
    "VIDEO_DOMAIN_BLACKLIST_SIZE",
]

ClientSettingGetEnum = Literal["CORRECT_TYPOS_AUTOMATICALLY", "DISPLAY_STORE_RATING", "SHARED_ACCOUNT_ENABLED"]

TinTypeEnum = Literal["PHYSICAL", "FOREIGN_PHYSICAL", "LEGAL", "FOREIGN_LEGAL", "INDIVIDUAL"]

ContractTypeEnum = Literal["CONTRACT", "INTERMEDIARY_CONTRACT", "ADDITIONAL_AGREEMENT"]

ContractActionTypeEnum = Literal["COMMERCIAL", "DISTRIBUTION", "CONCLUDE", "OTHER"]

ContractSubjectTypeEnum = Literal["REPRESENTATION", "MEDIATION", "DISTRIBUTION", "ORG_DISTRIBUTION", "OTHER"]

ForbiddenPlatformEnum = Literal["SEARCH", "NETWORK", "NONE"]

AvailableCampaignTypeEnum = Literal[
    "TEXT_CAMPAIGN",
    "MOBILE_APP_CAMPAIGN",
    "DYNAMIC_TEXT_CAMPAIGN",
    "CPM_BANNER_CAMPAIGN",
    "SMART_CAMPAIGN",
    "CONTENT_PROMOTION",
    "BILLING_AGGREGATE",
    "UNIFIED_CAMPAIGN",
]
"""UNIFIED_CAMPAIGN: in no WSDL; seen 2026-09-01, https://yandex.ru/dev/direct/doc/en/clients/get."""

AvailableAdGroupTypeEnum = Literal[
    "DYNAMIC_TEXT_AD_GROUP",
    "MOBILE_APP_AD_GROUP",
    "TEXT_AD_GROUP",
    "CPM_BANNER_AD_GROUP",
    "CPM_VIDEO_AD_GROUP",
    "SMART_AD_GROUP",
    "CONTENT_PROMOTION_AD_GROUP",
]

ClientSettingAddEnum = Literal["CORRECT_TYPOS_AUTOMATICALLY", "DISPLAY_STORE_RATING", "SHARED_ACCOUNT_ENABLED"]

ClientSettingUpdateEnum = Literal["CORRECT_TYPOS_AUTOMATICALLY", "DISPLAY_STORE_RATING"]


class GrantGetItem(TypedDict):
    """Answered by agencyclients.get, clients.get."""

    Privilege: PrivilegeEnum
    Value: general.YesNoEnum
    Agency: str


class BonusesItem(TypedDict):
    """Answered by agencyclients.get, clients.get.

    Amounts, in micros or with money="decimal" as Decimal: AwaitingBonus, AwaitingBonusWithoutNds.
    """

    AwaitingBonus: Amount
    AwaitingBonusWithoutNds: Amount


class EmailSubscriptionItem(TypedDict):
    """Sent by agencyclients.add, agencyclients.addPassportOrganization, agencyclients.update, clients.update.

    Answered by agencyclients.get, clients.get.
    """

    Option: EmailSubscriptionEnum
    Value: general.YesNoEnum


class NotificationGet(TypedDict):
    """Answered by agencyclients.get, clients.get."""

    Email: str
    EmailSubscriptions: list[EmailSubscriptionItem]
    Lang: general.LangEnum
    SmsPhoneNumber: str


class Representative(TypedDict):
    """Answered by agencyclients.get, clients.get."""

    Email: str
    Login: str
    Role: general.RepresentativeRoleEnum


class ClientRestrictionItem(TypedDict):
    """Answered by agencyclients.get, clients.get."""

    Element: ClientRestrictionEnum
    Value: int


class ClientSettingGetItem(TypedDict):
    """Answered by agencyclients.get, clients.get."""

    Option: ClientSettingGetEnum
    Value: general.YesNoEnum


class TinInfoGet(TypedDict):
    """Answered by agencyclients.get, clients.get."""

    TinType: TinTypeEnum
    Tin: str | None


class OrgInfo(TypedDict):
    """Sent by agencyclients.update, clients.update.

    Answered by agencyclients.get, clients.get.
    """

    Name: NotRequired[str | None]
    EpayNumber: NotRequired[str | None]
    RegNumber: NotRequired[str | None]
    OksmNumber: NotRequired[str | None]
    OkvedCode: NotRequired[str | None]


class ContractPrice(TypedDict):
    """Sent by agencyclients.update, clients.update.

    Answered by agencyclients.get, clients.get.
    """

    Amount: Decimal | int
    IncludingVat: general.YesNoEnum


class ContractInfoGet(TypedDict):
    """Answered by agencyclients.get, clients.get."""

    Number: str | None
    Date: str | None
    Type: ContractTypeEnum | None
    ActionType: ContractActionTypeEnum | None
    SubjectType: ContractSubjectTypeEnum | None
    IsAgencyPayment: general.YesNoEnum | None
    Price: ContractPrice


class ContragentInfoGet(TypedDict):
    """Answered by agencyclients.get, clients.get."""

    Name: str | None
    Phone: str | None
    EpayNumber: str | None
    RegNumber: str | None
    OksmNumber: str | None
    TinInfo: TinInfoGet


class ErirAttributesGet(TypedDict):
    """Answered by agencyclients.get, clients.get."""

    Organization: OrgInfo
    Contract: ContractInfoGet
    Contragent: ContragentInfoGet


class ClientGetItem(TypedDict):
    """Answered by agencyclients.get, clients.get.

    Amounts, in micros or with money="decimal" as Decimal: OverdraftSumAvailable.
    """

    ClientInfo: str
    Phone: str
    AccountQuality: Decimal | None
    Archived: general.YesNoEnum
    ClientId: int
    CountryId: int
    CreatedAt: str
    Currency: general.CurrencyEnum
    Grants: list[GrantGetItem]
    Bonuses: BonusesItem
    Login: str
    Notification: NotificationGet
    OverdraftSumAvailable: Amount
    Representatives: list[Representative]
    Restrictions: list[ClientRestrictionItem]
    Settings: list[ClientSettingGetItem]
    Type: str
    VatRate: Decimal | None
    TinInfo: TinInfoGet
    ErirAttributes: ErirAttributesGet
    ForbiddenPlatform: ForbiddenPlatformEnum
    AvailableCampaignTypes: list[AvailableCampaignTypeEnum]
    AvailableAdGroupTypes: list[AvailableAdGroupTypeEnum]


class NotificationAdd(TypedDict):
    """Sent by agencyclients.add, agencyclients.addPassportOrganization."""

    Email: str
    EmailSubscriptions: Sequence[EmailSubscriptionItem]
    Lang: general.LangEnum


class ClientSettingAddItem(TypedDict):
    """Sent by agencyclients.add, agencyclients.addPassportOrganization."""

    Option: ClientSettingAddEnum
    Value: general.YesNoEnum


class GrantItem(TypedDict):
    """Sent by agencyclients.add, agencyclients.addPassportOrganization, agencyclients.update."""

    Privilege: PrivilegeEnum
    Value: general.YesNoEnum


class TinInfoAdd(TypedDict):
    """Sent by agencyclients.add, agencyclients.addPassportOrganization."""

    TinType: TinTypeEnum
    Tin: NotRequired[str]


class NotificationUpdate(TypedDict):
    """Sent by agencyclients.update, clients.update."""

    Email: NotRequired[str]
    EmailSubscriptions: NotRequired[Sequence[EmailSubscriptionItem]]
    Lang: NotRequired[general.LangEnum]


class ClientSettingUpdateItem(TypedDict):
    """Sent by agencyclients.update, clients.update."""

    Option: ClientSettingUpdateEnum
    Value: general.YesNoEnum


class TinInfoUpdate(TypedDict):
    """Sent by agencyclients.update, clients.update."""

    TinType: NotRequired[TinTypeEnum]
    Tin: NotRequired[str | None]


class ContractInfoUpdate(TypedDict):
    """Sent by agencyclients.update, clients.update."""

    Number: NotRequired[str | None]
    Date: NotRequired[str | date | None]
    Type: NotRequired[ContractTypeEnum | None]
    ActionType: NotRequired[ContractActionTypeEnum | None]
    SubjectType: NotRequired[ContractSubjectTypeEnum | None]
    IsAgencyPayment: NotRequired[general.YesNoEnum | None]
    Price: NotRequired[ContractPrice | None]


class ContragentInfoUpdate(TypedDict):
    """Sent by agencyclients.update, clients.update."""

    Name: NotRequired[str | None]
    Phone: NotRequired[str | None]
    EpayNumber: NotRequired[str | None]
    RegNumber: NotRequired[str | None]
    OksmNumber: NotRequired[str | None]
    TinInfo: NotRequired[TinInfoUpdate | None]


class ErirAttributesUpdate(TypedDict):
    """Sent by agencyclients.update, clients.update."""

    Organization: NotRequired[OrgInfo | None]
    Contract: NotRequired[ContractInfoUpdate | None]
    Contragent: NotRequired[ContragentInfoUpdate | None]


class ClientUpdateItem(TypedDict):
    """Sent by clients.update."""

    ClientInfo: NotRequired[str]
    Phone: NotRequired[str]
    Notification: NotRequired[NotificationUpdate]
    Settings: NotRequired[Sequence[ClientSettingUpdateItem]]
    TinInfo: NotRequired[TinInfoUpdate | None]
    ErirAttributes: NotRequired[ErirAttributesUpdate | None]

"""Request bodies of public clients and scripts that call the live API, with other identifiers and names.

A text such as `$UNIFIED_AD_GROUP` stands for the identifier of the demo advertiser's first object of that kind, or of
an object that the test prepares.
"""

from typing import Any, NamedTuple

Params = dict[str, Any]
MANUAL = {"BiddingStrategyType": "HIGHEST_POSITION"}
NETWORK_DEFAULT = {"BiddingStrategyType": "NETWORK_DEFAULT"}
OFF = {"BiddingStrategyType": "SERVING_OFF"}
CLICKS = {
    "BiddingStrategyType": "WB_MAXIMUM_CLICKS",
    "WbMaximumClicks": {"WeeklySpendLimit": 30_000_000_000, "BidCeiling": 1_500_000},
}
CONVERSIONS = {
    "BiddingStrategyType": "PAY_FOR_CONVERSION",
    "PayForConversion": {"GoalId": 4_100_001, "Cpa": 500_000_000, "WeeklySpendLimit": 5_000_000_000},
}
PLACES = {
    "SearchResults": "YES",
    "ProductGallery": "YES",
    "DynamicPlaces": "YES",
    "Maps": "NO",
    "SearchOrganizationList": "NO",
}
TITLES = ["Столы из дуба", "Столы с доставкой", "Гарантия 2 года"]
PRICE = {"Price": 100_000_000, "OldPrice": 200_000_000, "PriceCurrency": "RUB", "PriceQualifier": "NONE"}
CATEGORIES = ("EXACT", "BROADER", "ACCESSORY", "ALTERNATIVE", "COMPETITOR")


def campaign(search: Params, network: Params, kind: str = "UnifiedCampaign", **members: Any) -> Params:
    """A new campaign."""
    inner = {"BiddingStrategy": {"Search": search, "Network": network}} | members.pop("inner", {})
    return {"Campaigns": [{"Name": "Столы", "StartDate": "2026-12-01", kind: inner} | members]}


def option(name: str, value: str) -> Params:
    """A setting of a campaign."""
    return {"Option": name, "Value": value}


def categories(**values: str) -> list[Params]:
    """Categories of autotargeting."""
    return [{"Category": name, "Value": value} for name, value in values.items()]


class Body(NamedTuple):
    """A call, and the codes of the errors of its items; an int is the code of the refused request."""

    name: str
    operation: str
    params: Params
    expected: tuple[tuple[int, ...], ...] | int = ((),)
    version: str = "v501"


WRITES = [
    Body(
        "a unified campaign with placements",
        "campaigns.add",
        campaign(
            CONVERSIONS | {"PlacementTypes": PLACES},
            NETWORK_DEFAULT | {"PlacementTypes": {"Network": "YES", "Maps": "NO"}},
            TimeZone="Europe/Moscow",
            inner={"CounterIds": {"Items": [30_000_001]}, "TrackingParams": "utm_source=yandex"},
        ),
    ),
    Body("two manual strategies", "campaigns.add", campaign(MANUAL, NETWORK_DEFAULT), ((4000,),)),
    Body(
        "two strategies that do not go together",
        "campaigns.add",
        campaign(MANUAL, {"BiddingStrategyType": "AVERAGE_CPC", "AverageCpc": {"AverageCpc": 10_000_000}}),
        ((4000,),),
    ),
    Body(
        "a daily budget beside an automatic strategy",
        "campaigns.add",
        campaign(CLICKS, OFF, DailyBudget={"Amount": 500_000_000, "Mode": "STANDARD"}),
        ((6000,),),
    ),
    Body(
        "settings of former years",
        "campaigns.add",
        campaign(
            CLICKS,
            OFF,
            "TextCampaign",
            inner={
                "Settings": [
                    option("ADD_METRICA_TAG", "YES"),
                    option("ADD_TO_FAVORITES", "NO"),
                    option("ENABLE_AREA_OF_INTEREST_TARGETING", "YES"),
                    option("ENABLE_COMPANY_INFO", "YES"),
                    option("ENABLE_SITE_MONITORING", "NO"),
                    option("REQUIRE_SERVICING", "NO"),
                ]
            },
        ),
        version="v5",
    ),
    Body(
        "a setting that is gone",
        "campaigns.add",
        campaign(CLICKS, OFF, "TextCampaign", inner={"Settings": [option("ENABLE_CPC_HOLD", "NO")]}),
        8000,
    ),
    Body(
        "settings of a unified campaign",
        "campaigns.add",
        campaign(
            CLICKS,
            OFF,
            inner={
                "Settings": [
                    option("ALTERNATIVE_TEXTS_ENABLED", "NO"),
                    option("ENABLE_SITE_MONITORING", "YES"),
                    option("ENABLE_AREA_OF_INTEREST_TARGETING", "NO"),
                    option("ENABLE_COMPANY_INFO", "YES"),
                ]
            },
        ),
    ),
    Body(
        "negative keywords that are no object",
        "campaigns.add",
        campaign(CLICKS, OFF, NegativeKeywords=["бесплатно"]),
        8000,
    ),
    Body(
        "a strategy that changes",
        "campaigns.update",
        {
            "Campaigns": [
                {
                    "Id": "$UNIFIED_CAMPAIGN",
                    "UnifiedCampaign": {"BiddingStrategy": {"Search": CLICKS, "Network": NETWORK_DEFAULT}},
                }
            ]
        },
    ),
    Body(
        "shared sets and marks of links",
        "campaigns.update",
        {
            "Campaigns": [
                {
                    "Id": "$UNIFIED_CAMPAIGN",
                    "UnifiedCampaign": {
                        "NegativeKeywordSharedSetIds": {"Items": ["$negativekeywordsharedsets"]},
                        "TrackingParams": "utm_source=yandex&utm_campaign={campaign_id}",
                    },
                }
            ]
        },
    ),
    Body(
        "a unified group",
        "adgroups.add",
        {
            "AdGroups": [
                {
                    "Name": "Дуб",
                    "CampaignId": "$UNIFIED_CAMPAIGN",
                    "RegionIds": [213],
                    "UnifiedAdGroup": {"OfferRetargeting": "NO"},
                    "NegativeKeywords": {"Items": ["бесплатно"]},
                }
            ]
        },
    ),
    Body(
        "negative keywords of a group that are no object",
        "adgroups.add",
        {
            "AdGroups": [
                {
                    "Name": "Дуб",
                    "CampaignId": "$UNIFIED_CAMPAIGN",
                    "RegionIds": [225],
                    "NegativeKeywords": ["дешево"],
                }
            ]
        },
        8000,
    ),
    Body(
        "a group without its type",
        "adgroups.update",
        {"AdGroups": [{"Id": "$UNIFIED_AD_GROUP", "Name": "Дуб", "RegionIds": [225, 187]}]},
    ),
    Body(
        "a responsive ad",
        "ads.add",
        {
            "Ads": [
                {
                    "AdGroupId": "$UNIFIED_AD_GROUP",
                    "ResponsiveAd": {
                        "Titles": TITLES,
                        "Texts": ["Столы на складе.", "Собираем сами."],
                        "Href": "https://example.com/tables/",
                        "DisplayUrlPath": "Столы",
                        "SitelinkSetId": "$sitelinks",
                        "AdExtensionIds": ["$adextensions"],
                        "AdImageHashes": ["$WIDE"],
                        "PriceExtension": PRICE,
                    },
                }
            ]
        },
    ),
    Body(
        "the price of a responsive ad",
        "ads.update",
        {"Ads": [{"Id": "$RESPONSIVE_AD", "ResponsiveAd": {"PriceExtension": PRICE | {"Price": 90_000_000}}}]},
    ),
    Body(
        "the callouts of a responsive ad",
        "ads.update",
        {
            "Ads": [
                {
                    "Id": "$RESPONSIVE_AD",
                    "ResponsiveAd": {
                        "CalloutSetting": {"AdExtensions": [{"AdExtensionId": "$adextensions", "Operation": "ADD"}]},
                        "AdImageHashes": None,
                    },
                }
            ]
        },
    ),
    Body(
        "a responsive ad at v5",
        "ads.update",
        {"Ads": [{"Id": "$RESPONSIVE_AD", "ResponsiveAd": {"Titles": TITLES}}]},
        ((3500,),),
        version="v5",
    ),
    Body(
        "shopping and listing ads of nothing but a feed",
        "ads.add",
        {
            "Ads": [
                {"AdGroupId": "$group", "ShoppingAd": {"FeedId": "$feeds"}},
                {"AdGroupId": "$group", "ListingAd": {"FeedId": "$feeds"}},
            ]
        },
        ((), ()),
    ),
    Body(
        "a filter of a shopping ad",
        "ads.add",
        {
            "Ads": [
                {
                    "AdGroupId": "$group",
                    "ShoppingAd": {
                        "FeedId": "$feeds",
                        "DefaultTexts": ["Столы"],
                        "FeedFilterConditions": [
                            {"Operand": "vendor", "Operator": "CONTAINS_ANY", "Arguments": ["Дуб"]}
                        ],
                    },
                }
            ]
        },
    ),
    Body(
        "the texts of a shopping ad",
        "ads.update",
        {"Ads": [{"Id": "$SHOPPING_AD", "ShoppingAd": {"DefaultTexts": ["Столы из дуба"]}}]},
    ),
    Body(
        "keywords with bids",
        "keywords.add",
        {
            "Keywords": [
                {"AdGroupId": "$group", "Keyword": "купить стол", "Bid": 1_500_000, "ContextBid": 500_000},
                {"AdGroupId": "$group", "Keyword": "дешевый стол", "Bid": 1_000_000},
                {"AdGroupId": "$group", "Keyword": '"стол из дуба"'},
            ]
        },
        ((), (), ()),
    ),
    Body(
        "a second autotargeting",
        "keywords.add",
        {
            "Keywords": [
                {
                    "AdGroupId": "$group",
                    "Keyword": "---autotargeting",
                    "AutotargetingSearchBidIsAuto": "YES",
                    "StrategyPriority": "HIGH",
                }
            ]
        },
    ),
    Body(
        "categories of autotargeting",
        "keywords.update",
        {
            "Keywords": [
                {
                    "Id": "$autotargeting",
                    "AutotargetingCategories": categories(BROADER="NO", ACCESSORY="NO", ALTERNATIVE="NO"),
                }
            ]
        },
    ),
    Body(
        "no category of autotargeting",
        "keywords.update",
        {
            "Keywords": [
                {"Id": "$autotargeting", "AutotargetingCategories": categories(**dict.fromkeys(CATEGORIES, "NO"))}
            ]
        },
        ((5005,),),
    ),
    Body(
        "settings of autotargeting",
        "keywords.update",
        {
            "Keywords": [
                {
                    "Id": "$autotargeting",
                    "AutotargetingSettings": {
                        "Categories": {"Exact": "YES", "Narrow": "NO", "Alternative": "NO", "Accessory": "NO"},
                        "BrandOptions": {"WithoutBrands": "YES", "WithCompetitorsBrand": "NO"},
                    },
                }
            ]
        },
    ),
    Body(
        "a bid by position",
        "bids.setAuto",
        {"Bids": [{"KeywordId": "$keywords", "Position": "PREMIUMBLOCK", "Scope": ["SEARCH"]}]},
    ),
    Body(
        "bids of a group and of a campaign",
        "bids.set",
        {"Bids": [{"AdGroupId": "$group", "Bid": 500_000}, {"CampaignId": "$UNIFIED_CAMPAIGN", "Bid": 500_000}]},
        4005,
    ),
    Body(
        "a bid by traffic",
        "keywordbids.setAuto",
        {
            "KeywordBids": [
                {
                    "KeywordId": "$keywords",
                    "BiddingRule": {
                        "SearchByTrafficVolume": {
                            "TargetTrafficVolume": 100,
                            "IncreasePercent": 10,
                            "BidCeiling": 12_500_000,
                        }
                    },
                }
            ]
        },
    ),
    Body("callouts", "adextensions.add", {"AdExtensions": [{"Callout": {"CalloutText": "Столы за день"}}]}),
    Body(
        "sitelinks with one title twice",
        "sitelinks.add",
        {
            "SitelinksSets": [
                {
                    "Sitelinks": [
                        {"Title": title, "Href": f"https://example.com/{page}", "Description": "Столы из дуба"}
                        for title, page in (("Цены", "a"), ("Цены", "b"))
                    ]
                }
            ]
        },
        ((5007,),),
    ),
    Body(
        "an image by address",
        "adimages.add",
        {"AdImages": [{"Name": "Стол", "AdImageUploadUrl": "https://example.com/table.jpg"}]},
        8000,
    ),
    Body(
        "a creative of a video",
        "creatives.add",
        {"Creatives": [{"VideoExtensionCreative": {"VideoId": "$advideos"}}]},
    ),
    Body(
        "a package of no campaign",
        "strategies.add",
        {"Strategies": [{"Name": "Пакет", "WbMaximumClicks": {"WeeklySpendLimit": 300_000_000}}]},
    ),
    Body(
        "a bid that the strategy does not take, as a text",
        "audiencetargets.setBids",
        {"Bids": [{"Id": "$audiencetargets", "ContextBid": "2000000", "StrategyPriority": "HIGH"}]},
        ((9601,),),
    ),
    Body(
        "an operator that is none",
        "dynamictextadtargets.add",
        {
            "Webpages": [
                {
                    "AdGroupId": "$group",
                    "Name": "Столы",
                    "Conditions": [{"Operand": "URL", "Operator": "URL_CONTAINS", "Arguments": ["/tables/"]}],
                }
            ]
        },
        8000,
    ),
]

READS = [
    Body(
        "placements of unified campaigns",
        "campaigns.get",
        {
            "SelectionCriteria": {"Ids": ["$UNIFIED_CAMPAIGN"]},
            "FieldNames": ["Id", "Name", "Type", "State", "Status", "StatusPayment", "StartDate", "TimeTargeting"],
            "UnifiedCampaignFieldNames": ["BiddingStrategy", "Settings", "TrackingParams", "PriorityGoals"],
            "UnifiedCampaignSearchStrategyPlacementTypesFieldNames": list(PLACES),
            "UnifiedCampaignNetworkStrategyPlacementTypesFieldNames": ["Network", "Maps"],
        },
    ),
    Body(
        "settings of autotargeting",
        "keywords.get",
        {
            "SelectionCriteria": {"AdGroupIds": ["$UNIFIED_AD_GROUP"]},
            "FieldNames": ["Id", "Keyword", "AutotargetingSearchBidIsAuto", "AutotargetingBrandOptions"],
            "AutotargetingSettingsCategoriesFieldNames": ["Exact", "Narrow", "Alternative", "Accessory", "Broader"],
            "AutotargetingSettingsBrandOptionsFieldNames": ["WithoutBrands", "WithAdvertiserBrand"],
        },
    ),
    Body(
        "responsive ads",
        "ads.get",
        {
            "SelectionCriteria": {"Ids": ["$RESPONSIVE_AD"]},
            "FieldNames": ["Id", "Type", "Subtype", "Status", "State", "StatusClarification"],
            "ResponsiveAdFieldNames": ["Titles", "Texts", "AdImages", "PriceExtension", "TrackingParams"],
        },
    ),
    Body(
        "links of text ads",
        "ads.get",
        {
            "SelectionCriteria": {"CampaignIds": ["$TEXT_CAMPAIGN"]},
            "FieldNames": ["Id", "AdGroupId", "State", "Type"],
            "TextAdFieldNames": ["Title", "Title2", "Href", "DisplayUrlPath", "VCardId", "AdImageHash"],
        },
    ),
    Body(
        "a field of text ads that is none",
        "ads.get",
        {
            "SelectionCriteria": {"CampaignIds": ["$TEXT_CAMPAIGN"]},
            "FieldNames": ["Id"],
            "TextAdFieldNames": ["Title", "AdExtensionIds"],
        },
        8000,
    ),
    Body(
        "prices of bids",
        "bids.get",
        {
            "SelectionCriteria": {"KeywordIds": ["$keywords"]},
            "FieldNames": ["KeywordId", "Bid", "ContextBid", "CompetitorsBids", "SearchPrices", "AuctionBids"],
        },
    ),
    Body(
        "traffic of bids",
        "keywordbids.get",
        {
            "SelectionCriteria": {"KeywordIds": ["$keywords"]},
            "FieldNames": ["KeywordId", "ServingStatus", "StrategyPriority"],
            "SearchFieldNames": ["Bid", "AuctionBids"],
            "NetworkFieldNames": ["Bid", "Coverage"],
        },
    ),
    Body(
        "groups of a feed",
        "adgroups.get",
        {
            "SelectionCriteria": {"CampaignIds": ["$TEXT_CAMPAIGN"]},
            "FieldNames": ["Id", "Type"],
            "TextAdGroupFieldNames": ["FeedId"],
        },
        8000,
    ),
    Body(
        "lists of retargeting",
        "retargetinglists.get",
        {"FieldNames": ["Id", "Name", "Type", "Rules", "IsAvailable", "Scope", "AvailableForTargetsInAdGroupTypes"]},
    ),
    Body(
        "words of callouts",
        "adextensions.get",
        {
            "SelectionCriteria": {"Types": ["CALLOUT"]},
            "FieldNames": ["Id", "Type", "Status", "Associated"],
            "CalloutFieldNames": ["CalloutText"],
        },
    ),
    Body(
        "sets of sitelinks",
        "sitelinks.get",
        {
            "SelectionCriteria": {"Ids": ["$sitelinks"]},
            "FieldNames": ["Id"],
            "SitelinkFieldNames": ["Title", "Href", "Description"],
        },
    ),
    Body(
        "creatives by type",
        "creatives.get",
        {
            "SelectionCriteria": {"Types": ["VIDEO_EXTENSION_CREATIVE"]},
            "FieldNames": ["Id", "Name", "Type", "PreviewUrl", "Width", "Height", "ThumbnailUrl"],
        },
    ),
]

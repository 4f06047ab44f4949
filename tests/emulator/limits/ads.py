"""The limits of groups and of what stands in them: ads, keywords, targets, images, callouts."""

from tests.emulator.limits import calls, objects, values
from tests.emulator.limits.calls import room
from tests.emulator.limits.objects import added
from tests.emulator.limits.rows import DOC, Row, ad_text, chars, items, negative_keywords, targets, value
from tests.emulator.limits.values import word

DYNAMIC_AD = objects.ad("DynamicTextAd", "DYNAMIC_TEXT_AD_GROUP", {})
MOBILE_AD = objects.ad("MobileAppAd", "MOBILE_APP_AD_GROUP", objects.MOBILE_APP_AD)
PRICE = {"PriceQualifier": "NONE", "PriceCurrency": "RUB"}

TABLES: dict[tuple[str, str], list[Row]] = {
    ("ads", f"{DOC}/ru/ads/add"): [
        Row("", "objects", 50, 7001, room("ads")),
        Row(
            "ListingAd",
            "unarchived objects",
            1,
            7001,
            calls.newest(room("ads", objects.listed, ListingAd={}, State="OFF")),
        ),
        Row("ResponsiveAd", "objects", 10, 7001, room("ads", objects.responsive_ad, ResponsiveAd={}, State="ARCHIVED")),
        Row("ResponsiveAd", "unarchived objects", 3, 7001, room("ads", objects.responsive_ad, ResponsiveAd={})),
        Row("ShoppingAd", "unarchived objects", 1, 7001, calls.newest(room("ads", objects.shopping_ad, ShoppingAd={}))),
        items(
            "AdExtensions",
            50,
            added("ads", "TextAd.AdExtensionIds", values.many(values.same), objects.text_ad_with_callouts),
        ),
        items(
            "DefaultTexts",
            1,
            calls.newest(added("ads", "ShoppingAd.DefaultTexts", values.many(str), objects.shopping_ad)),
        ),
        chars("ads", "DisplayUrlPath", 20, where="TextAd.DisplayUrlPath", value=word),
        *ad_text("DynamicTextAd.Text", 81, 23, DYNAMIC_AD, narrow=True),
        items(
            "FeedFilterConditions",
            30,
            calls.newest(
                added("ads", "ShoppingAd.FeedFilterConditions", values.many(values.condition), objects.shopping_ad)
            ),
        ),
        chars("ads", "FinalUrl", 1024, where="TextAd.FinalUrl", value=values.link),
        chars("ads", "Href", 1024, where="TextAd.Href", value=values.link),
        *ad_text("MobileAppAd.Text", 75, 23, MOBILE_AD),
        *ad_text("MobileAppAd.Title", 56, 22, MOBILE_AD),
        value(
            "PriceExtension",
            (10_000, 10**16),
            added("ads", "TextAd.PriceExtension", lambda n: {**PRICE, "Price": n}),
            step=10_000,
        ),
        items(
            "ResponsiveAd.AdImageHashes",
            5,
            added("ads", "ResponsiveAd.AdImageHashes", values.many(lambda n: f"h{n}"), objects.responsive_ad),
        ),
        *ad_text("ResponsiveAd.Texts", 81, 23, objects.responsive_ad, narrow=True, bare=False),
        items("ResponsiveAd.Texts", 3, added("ads", "ResponsiveAd.Texts", values.many(str), objects.responsive_ad)),
        *ad_text("ResponsiveAd.Titles", 56, 22, objects.responsive_ad, bare=False),
        items("ResponsiveAd.Titles", 7, added("ads", "ResponsiveAd.Titles", values.many(str), objects.responsive_ad)),
        items(
            "ResponsiveAd.VideoExtensionIds",
            6,
            added("ads", "ResponsiveAd.VideoExtensionIds", values.many(values.same), objects.responsive_ad),
        ),
        *ad_text("TextAd.Text", 81, 23, objects.text_ad, narrow=True),
        *ad_text("TextAd.Title", 56, 22, objects.text_ad),
        *ad_text("TextAd.Title2", 30, 22, objects.text_ad, narrow=True),
        chars(
            "ads",
            "TrackingPixels",
            1024,
            where="CpmBannerAdBuilderAd.TrackingPixels.Items",
            value=values.in_list(values.pixel),
            base=objects.banner,
        ),
        items(
            "TrackingPixels",
            2,
            added(
                "ads",
                "CpmBannerAdBuilderAd.TrackingPixels.Items",
                values.many(lambda n: f"{values.LINK}{n}?%random%"),
                objects.banner,
            ),
        ),
        chars("ads", "TrackingUrl", 1024, where="MobileAppAd.TrackingUrl", value=values.tracking_link, base=MOBILE_AD),
    ],
    ("adgroups", f"{DOC}/ru/adgroups/add"): [
        Row("", "objects", 1000, 7001, room("adgroups")),
        chars(
            "adgroups",
            "DynamicTextAdGroup.DomainUrl",
            100,
            value=lambda n: "example.com".rjust(n, "a"),
            base=objects.dynamic_group,
        ),
        chars("adgroups", "MobileAppAdGroup.StoreUrl", 1024, value=values.link, base=objects.mobile_group),
        chars("adgroups", "Name", 255),
        items(
            "NegativeKeywordSharedSetIds",
            3,
            added("adgroups", "NegativeKeywordSharedSetIds.Items", values.many(values.same)),
        ),
        *negative_keywords("adgroups", 4096, "NegativeKeywords.Items"),
        chars("adgroups", "TrackingParams", 1024, value=word),
    ],
    ("adimages", f"{DOC}/en/objects/adimage"): [
        Row("", "objects", 1000, 7001, calls.images(0)),
        Row("", "objects for each ad", 2, 7001, calls.images(1, always=1000)),
        Row("ImageData", "bytes", 10 * 2**20, 5010, calls.image_bytes(450, 450)),
        Row("ImageData", "bytes of a fixed image", 512 * 2**10, 5010, calls.image_bytes(240, 400)),
        Row("ImageData", "pixels of a regular image", (450, 5000), 5004, calls.regular_image),
        Row("ImageData", "pixels of a wide image", (1080, 5000), 5004, calls.wide_image),
        Row("Name", "characters", 255, 5001, calls.image_name),
    ],
    ("adextensions", f"{DOC}/ru/adextensions/add"): [
        Row("", "objects", 10_000, 7001, room("adextensions", lambda _: {"Callout": {"CalloutText": "t"}})),
        chars("adextensions", "Callout.CalloutText", 25),
    ],
    ("keywords", f"{DOC}/ru/keywords/add"): [
        Row("", "objects", 200, 7001, calls.keywords_in_a_group),
        chars("keywords", "Keyword", 4096, value=values.phrase),
        Row("Keyword", "characters in a word", 35, 5142, added("keywords", "Keyword", word)),
        Row(
            "Keyword",
            "characters in a negative word",
            35,
            5162,
            added("keywords", "Keyword", lambda n: f"shelf -{word(n)}"),
        ),
        Row("Keyword", "words", 7, 5140, added("keywords", "Keyword", values.words)),
        chars("keywords", "UserParam1", 255),
        chars("keywords", "UserParam2", 255),
    ],
    ("keywordsresearch", f"{DOC}/en/keywordsresearch/deduplicate"): [
        Row("Keyword", "characters in a word", 35, 5142, calls.deduplicated(word)),
        Row("Keyword", "words", 7, 5140, calls.deduplicated(values.words)),
    ],
    ("keywordsresearch", "https://yandex.com/dev/direct/doc/en/keywordsresearch/hasSearchVolume"): [
        Row("", "requests in a minute", 20, 56, calls.search_volumes),
    ],
    ("negativekeywordsharedsets", f"{DOC}/en/negativekeywordsharedsets/add"): [
        Row("", "objects", 30, 7001, room("negativekeywordsharedsets")),
        chars("negativekeywordsharedsets", "Name", 255),
        *negative_keywords("negativekeywordsharedsets", 4096, "NegativeKeywords"),
    ],
    ("audiencetargets", f"{DOC}/en/audiencetargets/add"): [
        Row("", "objects", 50, 7001, room("audiencetargets", objects.audience_targets))
    ],
    **{
        (service, f"{DOC}/en/dynamicfeedadtargets/add"): targets(service)
        for service in ("dynamicfeedadtargets", "dynamictextadtargets", "smartadtargets")
    },
}

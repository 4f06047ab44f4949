"""Edits of an account by chance: whatever an advertiser may do between two runs; no test lives here."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Any

from yadirect_soap import Direct
from yadirect_soap.emulator import Emulator
from yadirect_soap.emulator.fixtures.demo_accounts import ADVERTISER

_ADDED: Mapping[str, str] = MappingProxyType(
    {
        "campaigns": "Campaigns",
        "adgroups": "AdGroups",
        "ads": "Ads",
        "keywords": "Keywords",
        "audiencetargets": "AudienceTargets",
        "bidmodifiers": "BidModifiers",
        "dynamictextadtargets": "Webpages",
        "adextensions": "AdExtensions",
        "sitelinks": "SitelinksSets",
        "vcards": "VCards",
        "negativekeywordsharedsets": "NegativeKeywordSharedSets",
    }
)
"""The list that an add or an update takes."""


class Editor:
    """Edits the demo advertiser's account; what the API refuses is no edit."""

    def __init__(self, emulator: Emulator, direct: Direct) -> None:
        self._emulator = emulator
        self._direct = direct
        self._count = 0

    def edit(self, kind: int, choice: int) -> None:
        """One edit: of which kind, and of which of the objects."""
        self._count += 1
        EDITS[kind % len(EDITS)](self, choice)

    def number(self) -> int:
        """A number that no other edit has."""
        return self._count

    def pick(self, service: str, choice: int) -> Any:
        """The id of one of a service's objects; 1, which nothing has, where there is none."""
        ids = [row.id for row in self._emulator.store.rows(service, ADVERTISER)]
        return ids[choice % len(ids)] if ids else 1

    def add(self, service: str, **item: Any) -> None:
        """Adds an object."""
        self.write(service, "add", {_ADDED[service]: [item]})

    def update(self, service: str, **item: Any) -> None:
        """Changes an object."""
        self.write(service, "update", {_ADDED[service]: [item]})

    def act(self, service: str, verb: str, choice: int) -> None:
        """Suspends, archives or deletes one of a service's objects."""
        name = "AdImageHashes" if service == "adimages" else "Ids"
        self.write(service, verb, {"SelectionCriteria": {name: [self.pick(service, choice)]}})

    def write(self, service: str, operation: str, params: dict[str, Any]) -> None:
        """Carries out an operation; its items may fail."""
        self._direct.call(service, operation, params)

    def day(self, after: int) -> str:
        """The day that is so many days ahead."""
        return (self._emulator.clock.moment + timedelta(days=after)).date().isoformat()

    def wait(self, seconds: float) -> None:
        """Lets time pass: moderators work by the clock."""
        self._emulator.clock.advance(seconds=seconds)


def _text(editor: Editor, what: str) -> str:
    return f"{what} {editor.number()}"


def _add_ad(editor: Editor, choice: int) -> None:
    ad = {"Title": _text(editor, "Bench"), "Text": "Made of cedar", "Mobile": "NO", "Href": "https://example.com/"}
    editor.add("ads", AdGroupId=editor.pick("adgroups", choice), TextAd=ad)


def _set_callout(editor: Editor, choice: int) -> None:
    changes = [{"AdExtensionId": editor.pick("adextensions", choice), "Operation": "ADD"}]
    editor.update("ads", Id=editor.pick("ads", choice), TextAd={"CalloutSetting": {"AdExtensions": changes}})


def _set_sitelinks(editor: Editor, choice: int) -> None:
    editor.update("ads", Id=editor.pick("ads", choice), TextAd={"SitelinkSetId": editor.pick("sitelinks", choice)})


def _end_campaign(editor: Editor, choice: int) -> None:
    editor.update("campaigns", Id=editor.pick("campaigns", choice), EndDate=editor.day(1))


def _acting(service: str, verb: str) -> Callable[[Editor, int], None]:
    return lambda editor, choice: editor.act(service, verb, choice)


_SUSPENDED = ("ads", "keywords", "campaigns", "audiencetargets", "dynamictextadtargets", "smartadtargets")
_DELETED = (
    *("ads", "ads", "keywords", "keywords", "adgroups", "campaigns", "audiencetargets", "bidmodifiers", "adextensions"),
    *("dynamictextadtargets", "dynamicfeedadtargets", "smartadtargets", "sitelinks", "vcards", "adimages", "feeds"),
    *("retargetinglists", "negativekeywordsharedsets"),
)

EDITS: tuple[Callable[[Editor, int], None], ...] = (
    lambda editor, _choice: editor.add(
        "campaigns", Name=_text(editor, "Campaign"), StartDate="2030-01-01", TextCampaign={}
    ),
    lambda editor, choice: editor.add(
        "adgroups", Name=_text(editor, "Group"), CampaignId=editor.pick("campaigns", choice), RegionIds=[225]
    ),
    _add_ad,
    lambda editor, choice: editor.add(
        "keywords", Keyword=_text(editor, "cedar bench"), AdGroupId=editor.pick("adgroups", choice)
    ),
    lambda editor, choice: editor.add(
        "bidmodifiers", CampaignId=editor.pick("campaigns", choice), MobileAdjustment={"BidModifier": 50 + choice % 50}
    ),
    lambda editor, choice: editor.add(
        "bidmodifiers", AdGroupId=editor.pick("adgroups", choice), MobileAdjustment={"BidModifier": 50 + choice % 50}
    ),
    lambda editor, choice: editor.add(
        "audiencetargets",
        AdGroupId=editor.pick("adgroups", choice),
        RetargetingListId=editor.pick("retargetinglists", choice),
    ),
    lambda editor, _choice: editor.add("adextensions", Callout={"CalloutText": _text(editor, "Callout")}),
    lambda editor, _choice: editor.add(
        "sitelinks", Sitelinks=[{"Title": _text(editor, "Link"), "Href": "https://example.com/link"}]
    ),
    lambda editor, choice: editor.update(
        "campaigns", Id=editor.pick("campaigns", choice), Name=_text(editor, "Campaign")
    ),
    lambda editor, choice: editor.update("adgroups", Id=editor.pick("adgroups", choice), Name=_text(editor, "Group")),
    lambda editor, choice: editor.update(
        "ads", Id=editor.pick("ads", choice), TextAd={"Title": _text(editor, "Table")}
    ),
    lambda editor, choice: editor.update(
        "keywords", Id=editor.pick("keywords", choice), UserParam1=_text(editor, "param")
    ),
    lambda editor, choice: editor.update(
        "negativekeywordsharedsets", Id=editor.pick("negativekeywordsharedsets", choice), Name=_text(editor, "Set")
    ),
    lambda editor, choice: editor.write(
        "bids", "set", {"Bids": [{"KeywordId": editor.pick("keywords", choice), "Bid": 1_000_000 * (1 + choice % 9)}]}
    ),
    lambda editor, choice: editor.write(
        "bidmodifiers",
        "set",
        {"BidModifiers": [{"Id": editor.pick("bidmodifiers", choice), "BidModifier": 60 + choice % 9}]},
    ),
    _set_callout,
    _set_sitelinks,
    *(_acting(service, verb) for service in _SUSPENDED for verb in ("suspend", "resume")),
    *(_acting(service, verb) for service in ("ads", "campaigns") for verb in ("archive", "unarchive")),
    *(_acting(service, "delete") for service in _DELETED),
    _acting("ads", "moderate"),
    lambda editor, choice: editor.wait(1 + choice % 3),
    lambda editor, _choice: editor.wait(7200),
    lambda editor, choice: editor.wait(86400 * (1 + choice % 2)),
    _end_campaign,
)
"""What may happen, by number."""

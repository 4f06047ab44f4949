"""Text ads of unified campaigns before and after they became responsive ads, over both wires."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from yadirect_soap import Direct
from yadirect_soap.emulator import Emulator

TEXT = {"Title": "Столы", "Text": "Столы из дерева", "Mobile": "NO", "Href": "https://example.com/"}
LONG = f"{'с' * 14} {'с' * 13}"
"""A title of 28 characters."""
BEFORE, AFTER = date(2026, 7, 13), date(2026, 7, 14)
NEWEST = None


class Account:
    """The demo advertiser's unified group, on a day, over a wire."""

    def __init__(self, emulator: Emulator, wire: Any) -> None:
        self.emulator, self.wire = emulator, wire
        direct = self.direct()
        criteria = {"Types": ["UNIFIED_CAMPAIGN"]}
        campaign = direct.campaigns.get(SelectionCriteria=criteria, FieldNames=["Id"])[0]["Id"]
        params = {"SelectionCriteria": {"CampaignIds": [campaign]}, "FieldNames": ["Id"]}
        self.group = direct.adgroups.get(**params)[0]["Id"]

    def direct(self, version: Any = "v501") -> Any:
        """The client of a version."""
        session, endpoint = self.emulator.session(), self.emulator.endpoint
        return Direct("demo-token", endpoint=endpoint, session=session, transport=self.wire, version=version)

    def add(self, **members: Any) -> Any:
        """The result of a new text ad."""
        item = {"AdGroupId": self.group, "TextAd": TEXT | members}
        (result,) = self.direct().ads.add(Ads=[item]).raise_for_errors()
        return result

    def update(self, key: Any, version: str = "v501", **members: Any) -> Any:
        """The result of an update of an ad."""
        (result,) = self.direct(version).ads.update(Ads=[{"Id": key, **members}])
        return result

    def get(self, key: Any, **lists: Any) -> Any:
        """An ad with the requested members."""
        params = {"SelectionCriteria": {"Ids": [key]}, "FieldNames": ["Type"]}
        (ad,) = self.direct().ads.get(**params, **lists)
        return dict(ad)


@pytest.fixture(params=["soap", "json"])
def account(request: pytest.FixtureRequest, day: date | None) -> Iterator[Account]:
    """The account on a day, over one of the wires."""
    with Emulator(api_date=day) as emulator:
        yield Account(emulator, request.param)


def codes(notifications: Any) -> list[int]:
    """The codes of errors or warnings."""
    return [notification.code for notification in notifications]


@pytest.mark.parametrize(("day", "expected"), [(date(2026, 6, 2), []), (date(2026, 6, 3), [10165]), (NEWEST, [10165])])
def test_mobile_is_not_applied(account: Account, expected: list[int]) -> None:
    """From 2026-06-03 on an add with TextAd and Mobile warns with 10165, as recorded."""
    assert codes(account.add().warnings) == expected


@pytest.mark.parametrize(
    ("day", "text_alone", "otherwise"),
    [(BEFORE, "TEXT_AD", "TEXT_AD"), (AFTER, "TEXT_AD", "RESPONSIVE_AD"), (NEWEST, "TEXT_AD", "RESPONSIVE_AD")],
)
def test_types_depend_on_the_requested_fields(account: Account, text_alone: str, otherwise: str) -> None:
    """An ad is a text ad only if fields of text ads are requested, and none of responsive ads."""
    key = account.add().id
    ad = account.get(key, TextAdFieldNames=["Title"])
    assert ad == {"Type": text_alone, "TextAd": {"Title": "Столы"}}
    assert account.get(key) == {"Type": otherwise}
    both = account.get(key, TextAdFieldNames=["Title"], ResponsiveAdFieldNames=["Titles", "Texts", "Href"])
    assert both["Type"] == otherwise
    if otherwise == "TEXT_AD":
        assert both["TextAd"] == {"Title": "Столы"}
        return
    responsive = both["ResponsiveAd"]
    assert "TextAd" not in both
    assert [title["Title"] for title in responsive["Titles"]] == ["Столы"]
    assert [text["Text"] for text in responsive["Texts"]] == ["Столы из дерева"]
    assert responsive["Href"] == "https://example.com/"


@pytest.mark.parametrize(
    ("day", "title", "title2", "expected"),
    [
        (BEFORE, "Столы", "Дуб", ("Столы", "Дуб")),
        (AFTER, "Столы", "Дуб", ("Столы. Дуб", None)),
        (AFTER, LONG, f"{'д' * 12} {'д' * 12}", (f"{LONG}. {'д' * 12} {'д' * 12}", None)),
        (AFTER, LONG, f"{'д' * 13} {'д' * 12}", (LONG, None)),
    ],
    ids=["before", "joined", "55 characters", "56 characters"],
)
def test_second_titles_join(account: Account, title: str, title2: str, expected: tuple[str, str | None]) -> None:
    """The second title joins the first where both are shorter than 56 characters together; else it is dropped."""
    key = account.add(Title=title, Title2=title2).id
    text = account.get(key, TextAdFieldNames=["Title", "Title2"])["TextAd"]
    assert (text["Title"], text["Title2"]) == expected


@pytest.mark.parametrize(("day", "expected"), [(BEFORE, []), (AFTER, [10252])])
def test_an_update_of_a_text_ad_warns(account: Account, expected: list[int]) -> None:
    """An update with TextAd changes the ad, and warns with 10252 if that is responsive."""
    key = account.add().id
    assert codes(account.update(key, TextAd={"Title": "Стулья"}).warnings) == expected
    assert account.get(key, TextAdFieldNames=["Title"])["TextAd"] == {"Title": "Стулья"}


@pytest.mark.parametrize(
    ("day", "members", "expected"),
    [
        (BEFORE, {"Title2": "Ясень"}, ("Столы", "Ясень")),
        (AFTER, {"Title2": "Ясень"}, ("Столы. Дуб", None)),
        (AFTER, {"Title": "Стулья", "Title2": "Ясень"}, ("Стулья", None)),
        (AFTER, {"Text": "Стулья из дерева"}, ("Столы. Дуб", None)),
    ],
)
def test_an_update_loses_a_second_title(
    account: Account, members: dict[str, str], expected: tuple[str, str | None]
) -> None:
    """From 2026-07-14 on Title2 of an update is dropped without an error; Title takes the place of both titles."""
    key = account.add(Title2="Дуб").id
    assert codes(account.update(key, TextAd=members).errors) == []
    text = account.get(key, TextAdFieldNames=["Title", "Title2"])["TextAd"]
    assert (text["Title"], text["Title2"]) == expected


@pytest.mark.parametrize(
    ("day", "version", "errors"), [(BEFORE, "v501", [4000]), (AFTER, "v501", []), (AFTER, "v5", [3500])]
)
def test_an_update_with_responsive_members(account: Account, version: str, errors: list[int]) -> None:
    """Members of responsive ads can be updated in v501 only; the ad has them all afterwards."""
    key = account.add().id
    titles = ["Стулья", "Кресла"]
    assert codes(account.update(key, version, ResponsiveAd={"Titles": titles}).errors) == errors
    if errors:
        assert account.get(key, TextAdFieldNames=["Title"])["TextAd"] == {"Title": "Столы"}
        return
    responsive = account.get(key, ResponsiveAdFieldNames=["Titles", "Texts"])["ResponsiveAd"]
    assert [title["Title"] for title in responsive["Titles"]] == titles
    assert [text["Text"] for text in responsive["Texts"]] == ["Столы из дерева"]


@pytest.mark.parametrize("day", [AFTER])
def test_criteria_read_what_a_text_ad_has(account: Account) -> None:
    """Types finds responsive ads, and Mobile still finds the text ads among them."""
    key = account.add().id
    for criteria, found in (
        ({"Types": ["RESPONSIVE_AD"]}, True),
        ({"Types": ["TEXT_AD"]}, False),
        ({"Mobile": "NO"}, True),
    ):
        params = {"SelectionCriteria": {"Ids": [key], **criteria}, "FieldNames": ["Id"]}
        assert [ad["Id"] for ad in account.direct().ads.get(**params)] == [key] * found


@pytest.mark.parametrize("day", [NEWEST])
def test_text_campaigns_keep_their_text_ads(account: Account) -> None:
    """An ad of an old text campaign stays a text ad."""
    direct = account.direct()
    campaign = direct.campaigns.get(SelectionCriteria={"Types": ["TEXT_CAMPAIGN"]}, FieldNames=["Id"])[0]["Id"]
    params = {"SelectionCriteria": {"CampaignIds": [campaign], "Types": ["TEXT_AD"]}, "FieldNames": ["Id", "Type"]}
    key = direct.ads.get(**params)[0]["Id"]
    assert codes(account.update(key, TextAd={"Text": "Другой текст"}).warnings) == []

"""A campaign with more ads than anybody stores."""

from collections.abc import Iterator
from typing import Any

import pytest

from yadirect_soap import Direct, NotSupportedError
from yadirect_soap.emulator import Emulator, ManyAds

CAMPAIGN = 700_000_001
FIRST = 18_000_000_001


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    """An emulator whose demo campaign has 25,000 ads."""
    with Emulator(handlers=ManyAds(25_000).handlers) as emulator:
        yield emulator


@pytest.fixture(params=["soap", "json"])
def direct(emulator: Emulator, request: pytest.FixtureRequest) -> Direct:
    """A client of it, on each wire."""
    return Direct("demo-token", endpoint=emulator.endpoint, session=emulator.session(), transport=request.param)


def ads(direct: Direct, criteria: dict[str, Any]) -> list[dict[str, Any]]:
    """All ads that meet the criteria."""
    wanted = {"FieldNames": ["Id", "AdGroupId", "CampaignId"], "TextAdFieldNames": ["Title", "Href"]}
    return list(direct.ads.items(SelectionCriteria=criteria, **wanted))


def test_all_of_them_come_page_by_page(direct: Direct) -> None:
    """Each comes once, in the order of the identifiers, in the campaign."""
    found = ads(direct, {"CampaignIds": [CAMPAIGN]})
    assert [ad["Id"] for ad in found] == list(range(FIRST, FIRST + 25_000))
    assert {ad["CampaignId"] for ad in found} == {CAMPAIGN}


def test_one_is_the_same_by_its_id(direct: Direct) -> None:
    """An ad is made of its number alone, however it is asked for."""
    page = direct.ads.get(
        SelectionCriteria={"CampaignIds": [CAMPAIGN]},
        FieldNames=["Id", "AdGroupId", "CampaignId"],
        TextAdFieldNames=["Title", "Href"],
        Page={"Limit": 2, "Offset": 24_998},
    )
    assert page.limited_by is None
    assert ads(direct, {"Ids": [FIRST + 24_999, FIRST + 24_998]}) == list(page)


def test_what_cannot_be_judged_is_refused(direct: Direct) -> None:
    """A selection among them by anything else is not answered with the few that are stored."""
    with pytest.raises(NotSupportedError, match="generated ads"):
        ads(direct, {"CampaignIds": [CAMPAIGN], "States": ["ON"]})


def test_other_campaigns_keep_their_ads(direct: Direct) -> None:
    """Where none of them can be meant, the stored ads answer."""
    found = ads(direct, {"CampaignIds": [CAMPAIGN + 1]})
    assert {ad["CampaignId"] for ad in found} == {CAMPAIGN + 1}


def test_the_seed_chooses_them() -> None:
    """Another seed makes other ads under the same identifiers."""
    told = []
    for seed in (0, 10_000):
        with Emulator(handlers=ManyAds(500, seed=seed).handlers) as emulator:
            direct = Direct("demo-token", endpoint=emulator.endpoint, session=emulator.session())
            told.append(ads(direct, {"CampaignIds": [CAMPAIGN]}))
    assert [ad["Id"] for ad in told[0]] == [ad["Id"] for ad in told[1]]
    assert told[0] != told[1]

"""Never a made-up answer: each criterion of a get selects, or is refused with 3500 as the page of coverage says."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.clock import WITH_VCARDS
from tests.emulator.member_values import every_field, values
from tools.emulator_coverage import unjudged
from yadirect_soap import Direct, NotSupportedError
from yadirect_soap.client.settings import WireName
from yadirect_soap.emulator import Emulator
from yadirect_soap.emulator.fixtures.demo_accounts import ADVERTISER, ADVERTISER_TOKEN
from yadirect_soap.protocol import facts
from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.model import Kind, Member, Operation

CRITERIA = "SelectionCriteria"
GETS = [
    service.operations["get"]
    for service in bundled().values()
    if "get" in service.operations
    and service.name != "agencyclients"  # an agency's; test_agency_clients.py
    and CRITERIA in service.operations["get"].request.by_name
]
NOBODY = 1
"""An identifier that nothing has."""
FIRST, LAST = "2001-01-01T00:00:00Z", "2035-01-01T00:00:00Z"
MOMENTS = {"ModifiedSince", "DateTimeFrom", "DateTimeTo"}
PARENTS = {"CampaignIds": "campaigns", "AdGroupIds": "adgroups", "TurboPageIds": "turbopages"}


class Reader:
    """Gets the objects of the demo advertiser by criteria."""

    def __init__(self, emulator: Emulator, wire: WireName, get: Operation) -> None:
        self._emulator, self._get = emulator, get
        session = emulator.session()
        self._direct = Direct(ADVERTISER_TOKEN, endpoint=emulator.endpoint, session=session, transport=wire, retry=None)
        self._criteria = get.request.by_name[CRITERIA].shape.by_name

    def count(self, criteria: dict[str, Any]) -> int:
        """How many objects meet the criteria."""
        params = every_field(self._get)
        return len(list(self._direct.call(self._get.service, "get", params | {CRITERIA: criteria})))

    def least(self) -> dict[str, Any]:
        """The criteria without which the get is refused, so that as many objects as possible meet them."""
        required = facts.bundled().required_criteria(self._get.key)
        named = next((name for name in (*PARENTS, "Ids") if name in required), None)
        criteria = {name: self._existing(name) for name in self._criteria if name == named or self._is_required(name)}
        return criteria | ({"Levels": ["CAMPAIGN", "AD_GROUP"]} if "Levels" in self._criteria else {})

    def has_effect(self, name: str) -> bool:
        """Whether some value of a criterion changes the number of objects."""
        least = self.least()
        everything = self.count(least)
        member = self._criteria[name]
        return any(
            self.count(least | {name: [value] if member.many else value}) != everything
            for value in self._values(member)
        )

    def _is_required(self, name: str) -> bool:
        return self._criteria[name].required

    def _existing(self, name: str) -> list[Any]:
        service = PARENTS.get(name, self._get.service)
        limit = facts.bundled().criteria_limit(self._get.key, name) or len(PARENTS)
        return [row.id for row in self._emulator.store.rows(service, ADVERTISER)][:limit] or [NOBODY]

    def _values(self, member: Member) -> Iterator[Any]:
        """What may be given: nobody's ids, texts that nothing has, moments before and after all, and likely values."""
        if member.name in MOMENTS:
            yield from (FIRST, LAST)
        elif member.name.endswith("Ids") and member.shape.kind is not Kind.STRING:
            yield NOBODY
        elif member.shape.kind is Kind.STRING:
            yield "zzz"
        yield from values(self._emulator, (member,))


@pytest.mark.parametrize("wire", ["soap", "json"])
@pytest.mark.parametrize("get", GETS, ids=[get.service for get in GETS])
def test_each_criterion_has_an_effect(get: Operation, wire: WireName) -> None:
    """Another value of the criterion selects other objects, unless the emulator refuses the criterion."""
    with Emulator(moderation_seconds=0, api_date=WITH_VCARDS) as emulator:
        reader = Reader(emulator, wire, get)
        refused = set(unjudged(get))
        for name in get.request.by_name[CRITERIA].shape.by_name:
            if name in refused:
                with pytest.raises(NotSupportedError):
                    reader.has_effect(name)
            else:
                assert reader.has_effect(name), name

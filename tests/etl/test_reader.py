"""The reader: nothing is left out, whatever is deleted between two calls and however much a block holds."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from itertools import count
from typing import Any

import pytest

from yadirect_soap import Direct
from yadirect_soap.client.middleware import CallContext, Next
from yadirect_soap.emulator import Emulator
from yadirect_soap.emulator.fixtures.demo_accounts import ADVERTISER
from yadirect_soap.emulator.fixtures.large_accounts import AccountSize, generate
from yadirect_soap.etl.reader import Reader
from yadirect_soap.etl.schema import ObjectSchema
from yadirect_soap.etl.tables import table
from yadirect_soap.protocol.messages import Request, StreamedResponse


@pytest.fixture
def large(emulator: Emulator) -> Emulator:
    """The demo accounts; the advertiser has 60 ads more, in 6 groups of 2 campaigns."""
    account = emulator.accounts.by_login(ADVERTISER)
    assert account is not None
    generate(emulator.store, account, AccountSize(campaigns=2, adgroups=3, ads=10), at=emulator.clock())
    return emulator


def ids(emulator: Emulator, service: str) -> list[Any]:
    """The ids that the store has."""
    return [row.id for row in emulator.store.rows(service, ADVERTISER)]


def asking(direct: Direct, before: Callable[[int], None]) -> Direct:
    """The same Direct, with something done before each of its calls, by number."""
    numbers = count()

    def watched(_context: CallContext, request: Request, send: Next) -> AbstractContextManager[StreamedResponse]:
        before(next(numbers))
        return send(request)

    return direct.with_settings(middleware=[watched])


def test_blocks_that_overflow_are_halved(large: Emulator, direct: Direct) -> None:
    """Ads of blocks that hold more than a page come from halves, each once and in the order of their groups."""
    groups = ids(large, "adgroups")
    parts = list(Reader(direct, page_size=12).parts(ObjectSchema(table("ads"), ["Id"]), "AdGroupIds", groups))
    assert sorted(item["Id"] for part in parts for item in part.items) == ids(large, "ads")
    assert [group for part in parts for group in part.parents or ()] == groups
    assert all(len(part.items) <= 12 for part in parts)


def test_one_parent_that_overflows_is_paged(large: Emulator, direct: Direct) -> None:
    """The ads of a single group that are more than a page come all the same."""
    groups = ids(large, "adgroups")
    parts = list(Reader(direct, page_size=4).parts(ObjectSchema(table("ads"), ["Id"]), "AdGroupIds", groups))
    assert sorted(item["Id"] for part in parts for item in part.items) == ids(large, "ads")


@pytest.mark.parametrize("page_size", [2, 3, 7])
@pytest.mark.parametrize("deleted", [1, 2, 5])
def test_a_deletion_between_pages_hides_nothing(
    emulator: Emulator, direct: Direct, page_size: int, deleted: int
) -> None:
    """Objects deleted before the next page is asked for leave every living one in the answer."""
    for key in range(1, 13):
        document = {"Id": key, "Name": f"Card {key}", "CampaignId": 1}
        emulator.store.put("vcards", key, ADVERTISER, document, changed=0)

    def delete(number: int) -> None:
        if number == 1:
            for key in range(1, 1 + deleted):
                emulator.store.delete("vcards", key)

    reader = Reader(asking(direct, delete), page_size=page_size)
    found = [item["Id"] for item in reader.read_all(ObjectSchema(table("vcards"), ["Id"]))]
    assert len(set(found)) == len(found)
    assert set(ids(emulator, "vcards")) <= set(found)


def test_a_deletion_between_blocks_hides_nothing(large: Emulator, direct: Direct) -> None:
    """Ads deleted between two blocks leave every living ad in the answer."""
    groups, ads = ids(large, "adgroups"), ids(large, "ads")

    def delete(number: int) -> None:
        large.store.delete("ads", ads[number])

    reader = Reader(asking(direct, delete), lanes=1, page_size=12)
    parts = reader.parts(ObjectSchema(table("ads"), ["Id"]), "AdGroupIds", groups)
    seen = {item["Id"] for part in parts for item in part.items}
    assert set(ids(large, "ads")) <= seen


def test_the_first_error_ends_the_reading(direct: Direct) -> None:
    """A call that fails in one lane is raised where the parts are used."""

    def fail(number: int) -> None:
        if number == 1:
            raise InterruptedError("the second call")

    reader = Reader(asking(direct, fail), page_size=1)
    with pytest.raises(InterruptedError):
        list(reader.parts(ObjectSchema(table("ads"), ["Id"]), "AdGroupIds", list(range(1, 2000))))

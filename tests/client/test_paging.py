"""The pages of a get: asked for one by one, never held together, never round in circles."""

import gc
import itertools
import weakref
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from tests.client.servers import QUERY, Handler, Step, fault, result, served
from yadirect_soap import ConfigurationError, Direct, InvalidParamsError, Page, PagingError, TemporaryError
from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.wires import WIRES
from yadirect_soap.types.campaigns import CampaignGetItem
from yadirect_soap.types.general import LimitOffset

TOTAL = 5


def _requested_page(handler: Handler) -> Mapping[str, Any]:
    """The Page that a request asks for."""
    _, params = WIRES["soap"].decode_request(bundled()["campaigns"], handler.received.body)
    return params.get("Page") or {}


def paged(handler: Handler) -> None:
    """Serves five campaigns, two on a page unless Page.Limit says less."""
    page = _requested_page(handler)
    offset, limit = page.get("Offset", 0), min(page.get("Limit", 2), 2)
    last = min(offset + limit, TOTAL)
    payload: dict[str, Any] = {"Campaigns": [{"Id": number} for number in range(offset + 1, last + 1)]}
    result("campaigns.get", payload | ({"LimitedBy": last} if last < TOTAL else {}))(handler)


def _page(*ids: int, following: int | None = None) -> Step:
    payload: dict[str, Any] = {"Campaigns": [{"Id": number} for number in ids]} if ids else {}
    return result("campaigns.get", payload | ({} if following is None else {"LimitedBy": following}))


def _ids(items: Iterator[CampaignGetItem]) -> list[int]:
    return [item["Id"] for item in items]


# --- walking --------------------------------------------------------------------------------------------------


def test_pages_follow_one_another() -> None:
    """The pages lead through all objects, and each is the Items of its call."""
    with served(paged, language="ru") as (_, direct):
        pages = list(direct.campaigns.pages(**QUERY))
    assert [_ids(iter(page)) for page in pages] == [[1, 2], [3, 4], [5]]
    assert [page.limited_by for page in pages] == [2, 4, None]


def test_items_are_those_of_all_pages() -> None:
    """The items are the objects of all pages, in order."""
    with served(paged) as (server, direct):
        assert _ids(direct.campaigns.items(**QUERY)) == [1, 2, 3, 4, 5]
        assert len(server.received) == 3


def test_the_operation_walks_as_its_service_does() -> None:
    """`pages` and `items` of a service are those of its get."""
    with served(paged) as (_, direct):
        assert _ids(direct.campaigns.get.items(**QUERY)) == [1, 2, 3, 4, 5]
        assert len(list(direct.campaigns.get.pages(**QUERY))) == 3


@pytest.mark.parametrize(
    ("page", "ids", "requested"),
    [
        ({"Limit": 1}, [1, 2, 3, 4, 5], [{"Limit": 1, **({"Offset": n} if n else {})} for n in range(5)]),
        ({"Offset": 3}, [4, 5], [{"Offset": 3}]),
        ({"Limit": 1, "Offset": 3}, [4, 5], [{"Limit": 1, "Offset": 3}, {"Limit": 1, "Offset": 4}]),
        ({"Offset": 0}, [1, 2, 3, 4, 5], [{"Offset": 0}, {"Offset": 2}, {"Offset": 4}]),
    ],
    ids=["limit", "offset", "both", "offset of 0"],
)
def test_a_walk_keeps_to_its_page(page: LimitOffset, ids: list[int], requested: list[dict[str, int]]) -> None:
    """Page.Limit is the size of every page, and Page.Offset where the walk begins."""
    pages: list[Mapping[str, Any]] = []

    def note(handler: Handler) -> None:
        pages.append(_requested_page(handler))
        paged(handler)

    with served(note) as (_, direct):
        assert _ids(direct.campaigns.items(**QUERY, Page=page)) == ids
    assert pages == requested
    assert page.keys() <= {"Limit", "Offset"}


def test_a_walk_leaves_the_params_alone() -> None:
    """The params that a walk was given are the same afterwards."""
    page: LimitOffset = {"Limit": 2}
    with served(paged) as (_, direct):
        assert len(list(direct.campaigns.items(**QUERY, Page=page))) == TOTAL
    assert page == {"Limit": 2}


def test_a_get_without_pages_is_one_page() -> None:
    """A get that knows no LimitedBy gives its one page."""
    with served(result("clients.get", {"Clients": [{"ClientId": 7}]})) as (server, direct):
        assert list(direct.clients.items(FieldNames=["ClientId"])) == [{"ClientId": 7}]
        assert len(server.received) == 1


def test_an_empty_page_need_not_be_the_last() -> None:
    """A page without objects is passed where LimitedBy leads on."""
    with served(_page(following=2), _page(3)) as (_, direct):
        assert _ids(direct.campaigns.items(**QUERY)) == [3]


# --- laziness -------------------------------------------------------------------------------------------------


def test_nothing_is_asked_before_it_is_wanted() -> None:
    """Each page is asked for when it is wanted, and none after that."""
    with served(paged) as (server, direct):
        pages = direct.campaigns.pages(**QUERY)
        counts = [len(server.received)]
        for _ in range(2):
            next(pages)
            counts.append(len(server.received))
    assert counts == [0, 1, 2]


def test_items_ask_no_further_than_they_are_taken() -> None:
    """The items of a page are taken before the next page is asked for."""
    with served(paged) as (server, direct):
        assert _ids(itertools.islice(direct.campaigns.items(**QUERY), 2)) == [1, 2]
        assert len(server.received) == 1


def test_a_page_is_let_go_before_the_next_is_asked_for() -> None:
    """When a page is asked for, a walk by pages holds none of those before it."""
    held: list[weakref.ref[Page[CampaignGetItem]]] = []
    alive: list[int] = []

    def count(handler: Handler) -> None:
        alive.append(sum(page() is not None for page in held))
        paged(handler)

    with served(count) as (_, direct):
        pages = direct.campaigns.pages(**QUERY)
        for _ in range(3):
            held.append(weakref.ref(next(pages)))
    assert alive == [0, 0, 0]


@pytest.mark.slow
def test_items_hold_no_page_while_the_next_is_asked_for() -> None:
    """When a page is asked for, a walk by items holds none of those before it."""
    alive: list[int] = []

    def count(handler: Handler) -> None:
        alive.append(sum(type(value) is Page for value in gc.get_objects()))
        paged(handler)

    gc.collect()
    with served(count) as (_, direct):
        assert _ids(direct.campaigns.items(**QUERY)) == [1, 2, 3, 4, 5]
    assert alive == [alive[0]] * 3


# --- what is refused ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("steps", "params", "words"),
    [
        ([_page(1, following=0)], {}, "LimitedBy is 0 after Offset 0"),
        ([_page(1, following=-5)], {}, "LimitedBy is -5 after Offset 0"),
        ([_page(1, following=2), _page(3, following=2)], {}, "LimitedBy is 2 after Offset 2"),
        ([_page(1, following=4), _page(3, following=2)], {}, "LimitedBy is 2 after Offset 4"),
        ([_page(1, following=5)], {"Page": {"Offset": 7}}, "LimitedBy is 5 after Offset 7"),
    ],
    ids=["to the beginning", "before it", "repeated", "backwards", "before the offset asked for"],
)
def test_pages_that_do_not_move_forward_are_refused(steps: list[Step], params: dict[str, Any], words: str) -> None:
    """A LimitedBy that repeats or goes back raises PagingError, after the page that said it."""
    with served(*steps) as (server, direct):
        pages = direct.campaigns.pages(**QUERY, **params)
        assert [len(next(pages)) for _ in steps] == [1] * len(steps)
        with pytest.raises(PagingError, match=f"^campaigns.get: {words}"):
            next(pages)
        assert len(server.received) == len(steps)


def test_a_failure_ends_the_walk() -> None:
    """A page that fails raises its error, after the items of the pages before it."""
    with served(_page(1, 2, following=2), fault(1000)) as (_, direct):
        items = direct.campaigns.items(**QUERY)
        assert _ids(itertools.islice(items, 2)) == [1, 2]
        with pytest.raises(TemporaryError):
            next(items)


def test_params_are_checked_with_the_first_page() -> None:
    """Invalid params are refused when the first page is wanted, and nothing is sent."""
    with served(paged) as (server, direct):
        with pytest.raises(InvalidParamsError):
            next(direct.campaigns.pages(FieldNames=["Odd"]))  # type: ignore[list-item]  # the mistake that is shown
        assert server.received == []


@pytest.mark.parametrize(
    "walk",
    [
        lambda direct: direct.ads.add.pages(Ads=[]),
        lambda direct: direct.ads.delete.items(SelectionCriteria={"Ids": [1]}),
        lambda direct: direct.dictionaries.items(DictionaryNames=["Currencies"]),
        lambda direct: direct.changes.checkCampaigns.pages(Timestamp="2026-01-01T00:00:00Z"),
    ],
    ids=["add", "delete", "dictionaries", "changes"],
)
def test_what_has_no_pages_is_not_asked(walk: Callable[[Direct], Iterator[Any]]) -> None:
    """An operation that gives no list of objects is refused before anything is sent."""
    with served(paged) as (server, direct):
        with pytest.raises(ConfigurationError, match="only operations that return a list of objects have pages"):
            next(walk(direct))
        assert server.received == []

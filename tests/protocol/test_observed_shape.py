"""What is learnt of a list's items, and the patterns that come of it: when they are made, and made anew."""

import os
import threading
import traceback
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from lxml import etree

from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.model import Member
from yadirect_soap.protocol.soap.encode import content
from yadirect_soap.protocol.soap.fast_decode.compiler import Reader, Style
from yadirect_soap.protocol.soap.fast_decode.reader_cache import ReaderCache
from yadirect_soap.protocol.soap.fast_decode.references import NotMatched
from yadirect_soap.protocol.soap.fast_decode.tag_reader import DECLARED_NIL, NIL

STYLE = Style(nil=frozenset({NIL}))
SPREAD = Style(nil=frozenset({NIL}), outer="\n", step=" ")


def _listed() -> Member:
    listed = bundled().operation("campaigns", "get").listed
    assert listed is not None
    return listed


def _cache() -> ReaderCache:
    """A cache whose patterns are compiled as soon as anything can be learnt of it."""
    return ReaderCache(_listed(), worth=1)


def _items(count: int) -> Iterator[dict[str, Any]]:
    for number in range(count):
        yield {"Id": number, "Name": f"Campaign {number}", "Currency": "RUB"}


def _text(item: dict[str, Any]) -> str:
    return f"<Campaigns>{content(item, _listed().shape)}</Campaigns>"


def _teach(cache: ReaderCache, items: Iterator[dict[str, Any]], style: Style = STYLE) -> Reader | None:
    """What a list's items have come to when so many of them had to be read without a pattern."""
    reader = None
    for item in items:
        reader = cache.learn(item, len(_text(item)), style)
    return reader


def test_the_first_items_are_only_learnt_from() -> None:
    """Nothing reads by a pattern before some items have shown what they look like."""
    assert _teach(_cache(), _items(31)) is None


def test_a_pattern_reads_what_looks_alike() -> None:
    """Once made, it reads an item at its place in the text, and tells where it ends."""
    reader = _teach(_cache(), _items(32))
    item = {"Id": 77, "Name": "A & B", "Currency": "USD"}
    assert reader is not None
    assert reader.read(f"..{_text(item)}<Campaigns>", 2, []) == (item, 2 + len(_text(item)))


def test_a_large_response_is_worth_its_pattern_at_once() -> None:
    """Of a response whose size is known to be large, only the first items wait for the pattern."""
    item = next(_items(1))
    small, large = ReaderCache(_listed()), ReaderCache(_listed())
    for _ in range(32):
        of_small = small.learn(item, len(_text(item)), STYLE, 10_000)
        of_large = large.learn(item, len(_text(item)), STYLE, 10_000_000)
    assert of_small is None
    assert of_large is not None


def test_nil_is_read_only_as_the_document_declares_it() -> None:
    """What an empty tag holds besides its name is nil in one document, and left to be read in another way elsewhere."""
    cache = _cache()
    both = Style(nil=frozenset({DECLARED_NIL, NIL}))
    own = Style(nil=frozenset({DECLARED_NIL}))
    readers = {style: _teach(cache, ({"Id": 1, "EndDate": None} for _ in range(32)), style) for style in (both, own)}
    for style, reader in readers.items():
        assert reader is not None
        for attribute in (DECLARED_NIL, NIL, ' xsi:nil="false"/>'):
            text = f"<Campaigns><Id>1</Id><EndDate{attribute}</Campaigns>"
            if attribute in style.nil:
                assert reader.read(text, 0, [])[0] == {"Id": 1, "EndDate": None}
            else:
                with pytest.raises(NotMatched):
                    reader.read(text, 0, [])


def test_what_looks_different_is_odd() -> None:
    """It refuses what is not of its form, and leaves it to be read in another way."""
    reader = _teach(_cache(), _items(32))
    assert reader is not None
    with pytest.raises(NotMatched):
        reader.read(_text({"Id": 77, "Type": "TEXT_CAMPAIGN"}), 0, [])


def test_a_value_unknown_to_the_contract_is_reported() -> None:
    """An enumeration's new value passes and is named."""
    reader = _teach(_cache(), _items(32))
    unknown: list[str] = []
    item = {"Id": 1, "Name": "x", "Currency": "XTS"}
    assert reader is not None
    assert reader.read(_text(item), 0, unknown)[0] == item
    assert unknown == ["general:CurrencyEnum = XTS"]


def test_a_server_that_changes_its_ways_is_learnt_afresh() -> None:
    """Members in another order than before are read by a new pattern, when many have come."""
    cache = _cache()
    _teach(cache, _items(32))
    turned = {"Name": "x", "Id": 7}
    text = "<Campaigns><Name>x</Name><Id>7</Id></Campaigns>"
    for _ in range(400):
        reader = cache.learn(turned, len(text), STYLE)
    assert reader is not None
    assert reader.read(text, 0, [])[0] == turned


def test_each_style_has_its_pattern() -> None:
    """What is known of the items serves a server that puts white space between tags, too."""
    cache = _cache()
    close = _teach(cache, _items(32))
    spread = _teach(cache, _items(400), SPREAD)
    item = {"Id": 3, "Name": "y", "Currency": "RUB"}
    text = "<Campaigns>\n <Id>3</Id>\n <Name>y</Name>\n <Currency>RUB</Currency>\n</Campaigns>\n"
    assert spread is not None
    assert spread.read(text, 0, [])[0] == item
    assert close is not None
    with pytest.raises(NotMatched):
        close.read(text, 0, [])


def test_no_more_strangers_than_there_may_be() -> None:
    """Members that the contract does not know are learnt, though not without end."""
    cache = _cache()
    for number in range(200):
        cache.learn({"Id": number, f"New{number}": "x"}, 50, STYLE)
    reader = _teach(cache, _items(400))
    assert reader is not None
    assert reader.length < 5_000


def test_threads_may_share_it() -> None:
    """What many threads have taught at once reads as if one had."""
    cache = _cache()
    with ThreadPoolExecutor(8) as pool:
        readers = list(pool.map(lambda _: _teach(cache, _items(40)), range(16)))
    item = {"Id": 5, "Name": "z", "Currency": "RUB"}
    assert readers[-1] is not None
    assert readers[-1].read(_text(item), 0, [])[0] == item


def test_an_item_of_a_pattern_is_what_a_parser_says() -> None:
    """The witness for one item: the names and texts that lxml finds in it."""
    reader = _teach(_cache(), _items(32))
    text = _text({"Id": 8, "Name": "<&>", "Currency": "RUB"})
    texts = {str(child.tag): child.text for child in etree.fromstring(text)}
    assert reader is not None
    assert {name: str(value) for name, value in reader.read(text, 0, [])[0].items()} == texts


def test_a_traceback_shows_the_generated_source() -> None:
    """The line of a reader that raised stands in the traceback, as that of a file does."""
    reader = _teach(_cache(), _items(32))
    assert reader is not None
    try:
        reader.read("<Other/>", 0, [])
    except NotMatched as error:
        frame = traceback.extract_tb(error.__traceback__)[-1]
    assert frame.line == "if match is None: raise NotMatched"
    assert frame.filename.startswith("<reader of campaigns:CampaignGetItem ")


STRATEGIES = ("WbMaximumClicks", "AverageCpc", "AverageCpa", "WbMaximumConversionRate")


def _campaign(kind: str, strategy: str, **limits: int) -> dict[str, Any]:
    inner = {strategy: limits or {"WeeklySpendLimit": 5}, "BiddingStrategyType": "UNKNOWN"}
    return {"Id": 1, kind: {"BiddingStrategy": {"Search": inner}}}


def test_what_one_member_has_shown_is_known_in_another() -> None:
    """Objects of one type are observed together: a limit that text campaigns lack may be missing in dynamic ones."""
    cache = _cache()
    cache.learn(_campaign("TextCampaign", "AverageCpc", AverageCpc=7), 100, STYLE)
    reader = None
    for _ in range(32):
        reader = cache.learn(_campaign("DynamicTextCampaign", "AverageCpc", WeeklySpendLimit=5), 100, STYLE)
    item = _campaign("DynamicTextCampaign", "AverageCpc", AverageCpc=9)
    assert reader is not None
    assert reader.read(_text(item), 0, [])[0] == item


def test_only_what_changed_is_compiled_again() -> None:
    """A strategy that is new costs its own patterns and few more."""
    cache = _cache()
    for strategy in [STRATEGIES[0], *STRATEGIES[:3] * 11]:
        first = cache.learn(_campaign("TextCampaign", strategy), 100, STYLE)
    second = cache.learn(_campaign("TextCampaign", STRATEGIES[3]), 20_000, STYLE)
    assert first is not None
    assert second is not None
    assert second is not first
    assert second.compiled < second.length / 2


class _Endless(dict[str, Any]):
    """An item that is being learnt as long as the test likes."""

    def __init__(self) -> None:
        super().__init__(Id=1)
        self.begun, self.end = threading.Event(), threading.Event()

    def items(self) -> Any:
        self.begun.set()
        self.end.wait(60)
        return super().items()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are not forked here")
def test_a_child_learns_although_a_thread_was_learning() -> None:
    """A child process of one that forks in the middle of learning waits for nothing, and reads by its own patterns."""
    cache, item = _cache(), _Endless()
    thread = threading.Thread(target=cache.learn, args=(item, 10, STYLE))
    thread.start()
    item.begun.wait(60)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of a process with threads, which is the subject
        child = os.fork()
    if not child:
        try:
            os._exit(0 if _teach(cache, _items(32)) is not None else 3)
        finally:
            os._exit(4)
    item.end.set()
    thread.join()
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0

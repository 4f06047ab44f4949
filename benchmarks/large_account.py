"""Reads an account with many ads from the emulator by items() over HTTP: the emulator's time per ad, and its memory."""

import json
import statistics
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from yadirect_soap import Direct
from yadirect_soap.emulator.call_log.call_log import MAX_BYTES

from .emulator import gets, rates
from .measured_process import ServerProcess, emulator_process
from .table import Goal, ResultsDiffer, Row, slower

_TOKEN = "made-up"
_CAMPAIGNS = 10
_ADS_OF_A_GROUP = 50
_FIELDS = ["Id", "CampaignId", "AdGroupId", "Status", "State", "Type"]
_AS_FIRST = 1.2
_RATE = 30_000
_MIB = 2**20
_MEMORY = 20.0 + MAX_BYTES / _MIB
_REMEMBERED = f"{MAX_BYTES // _MIB} MiB of them for the calls that it remembers"


def measure(count: int, page: int, calls: int, rounds: int) -> list[Row]:
    """Measures reading all ads, the last page compared with the first, and small calls in such an account."""
    with serving(count) as server, Direct(_TOKEN, endpoint=server.address) as direct:
        read_all = _ReadAll(
            direct, server, count, page, [campaign["Id"] for campaign in direct.campaigns.get(FieldNames=["Id"])]
        )
        rows = [*read_all.all_ads(), read_all.last_page(rounds)]
        (ad,) = read_all.page_at(count // 2, 1)
        params = {"SelectionCriteria": {"Ids": [ad["Id"]]}, "FieldNames": ["Id", "State"]}
        return rows + rates(server, gets("ads", params, _TOKEN, of=f" of {count:,}"), calls=calls, rounds=rounds)


@contextmanager
def serving(count: int) -> Iterator[ServerProcess]:
    """Starts an emulator with an account that has a number of ads, and enough units to read them."""
    groups = count // _CAMPAIGNS // _ADS_OF_A_GROUP
    generated = {"campaigns": _CAMPAIGNS, "adgroups": groups, "ads": _ADS_OF_A_GROUP}
    account = {"login": "large", "token": _TOKEN, "daily_units": 100 * count, "generate": generated}
    with tempfile.TemporaryDirectory() as folder:
        seed = Path(folder) / "seed.json"
        seed.write_text(json.dumps({"accounts": [account]}), encoding="utf-8")
        with emulator_process(seed) as server:
            yield server


@dataclass(frozen=True, slots=True)
class _ReadAll:
    """Reads the ads of campaigns, page by page, in different ways."""

    direct: Direct
    server: ServerProcess
    count: int
    page: int
    campaigns: Sequence[int]

    def all_ads(self) -> list[Row]:
        """Measures reading all ads; a page is read before, so that the memory of one page is no growth."""
        self.page_at(0, self.page)
        before, began = self.server.resource_use(), time.process_time()
        self._read_all()
        client, after = time.process_time() - began, self.server.resource_use()
        task = f"emulator: {self.count:,} ads by items()"
        seconds, growth = after.seconds - before.seconds, (after.memory - before.memory) / _MIB
        return [
            Row(task, "", self.count / seconds, "ads a second of one core", Goal(_RATE, at_least=True)),
            slower(task, "the client's processor time", (seconds, client)),
            Row(f"peak memory of {task}", "its first page", growth, "MiB more", Goal(_MEMORY), _REMEMBERED),
        ]

    def last_page(self, rounds: int) -> Row:
        """Measures the emulator's processor time for the last page compared with the first page, in turns."""
        turns = [(self._spent(self.count - self.page), self._spent(0)) for _ in range(rounds)]
        last, first = (statistics.median(seconds) for seconds in zip(*turns, strict=True))
        return slower(f"emulator: the last page of {self.count:,} ads", "the first page", (last, first), _AS_FIRST)

    def page_at(self, offset: int, limit: int) -> Sequence[Mapping[str, Any]]:
        """Reads a page of ads; raises ResultsDiffer if it is not full."""
        page = self.direct.ads.get(**self._params(Limit=limit, Offset=offset))
        if len(page) != limit:
            raise ResultsDiffer(f"{len(page)} ads came at {offset}, not {limit}")
        return page

    def _read_all(self) -> None:
        ads = self.direct.items("ads", "get", self._params(Limit=self.page))
        in_order = 1 + sum(ad["Id"] < next_ad["Id"] for ad, next_ad in pairwise(ads))
        if in_order != self.count:
            raise ResultsDiffer(f"{in_order} of {self.count} ads came in the order of their ids")

    def _spent(self, offset: int) -> float:
        began = self.server.resource_use().seconds
        self.page_at(offset, self.page)
        return self.server.resource_use().seconds - began

    def _params(self, **page: int) -> dict[str, Any]:
        return {"SelectionCriteria": {"CampaignIds": self.campaigns}, "FieldNames": _FIELDS, "Page": page}

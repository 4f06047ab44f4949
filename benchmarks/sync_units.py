"""Measures the units of a sync: of a large account after a few edits and deletions compared with a complete read."""

import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from yadirect_soap import Direct, etl
from yadirect_soap.emulator import Clock, Emulator
from yadirect_soap.emulator.fixtures import new_accounts
from yadirect_soap.emulator.fixtures.large_accounts import AccountSize, generate
from yadirect_soap.etl.destinations.files import FilesDestination
from yadirect_soap.etl.schema import ObjectSchema
from yadirect_soap.etl.tables import table

from .table import Goal, ResultsDiffer, Row

_LOGIN, _TOKEN = "large", "made-up"
_TABLES = ["campaigns", "adgroups", "ads"]
_COLUMNS = {"campaigns": ["Name"], "adgroups": ["Name"], "ads": ["State", "TextAd.Title"]}
_CAMPAIGNS, _ADS, _DRAFTS = 10, 45, 5
"""The numbers of campaigns in the account, and of ads and drafts in a group; drafts can be deleted."""
_UNITS, _SHARE = 300.0, 1.0
_LARGE = 100_000
"""The number of ads from which the goal of the share applies: the fixed calls are a larger share of a small account."""


def measure(count: int, edits: int, deletes: int) -> list[Row]:
    """Measures the units of a sync after some edits and deletions, and their share of those of a complete read."""
    with (
        _account(count) as (emulator, direct),
        tempfile.TemporaryDirectory() as folder,
        closing(FilesDestination(Path(folder))) as destination,
    ):
        full = _sync(direct, destination)
        emulator.clock.advance(hours=1)
        _edit(direct, emulator, edits, deletes)
        emulator.clock.advance(hours=1)
        incremental = _sync(direct, destination)
        _compare(direct, emulator, destination)
    task = f"units of a sync after {edits} edits and {deletes} deletes of {count:,} ads"
    figures = f"{incremental:,} to {full:,}"
    return [
        Row(task, "-", incremental, "units", Goal(_UNITS)),
        Row(
            task, "reading all of it", 100 * incremental / full, "%", Goal(_SHARE) if count >= _LARGE else None, figures
        ),
    ]


@contextmanager
def _account(count: int) -> Iterator[tuple[Emulator, Direct]]:
    """Yields an emulator with an account whose ads are an hour old, with enough units, and a client for it."""
    clock = Clock()
    clock.freeze()
    with Emulator(seed=False, clock=clock) as emulator, emulator.session() as session:
        members = {"login": _LOGIN, "daily_units": 100 * count}
        account = new_accounts.create(emulator.backend, members, token=_TOKEN).account
        groups = count // _CAMPAIGNS // (_ADS + _DRAFTS)
        size = AccountSize(campaigns=_CAMPAIGNS, adgroups=groups, ads=_ADS, drafts=_DRAFTS)
        generate(emulator.store, account, size, at=clock() - 3600)
        with Direct(_TOKEN, endpoint=emulator.endpoint, session=session) as direct:
            yield emulator, direct


def _sync(direct: Direct, destination: FilesDestination) -> int:
    """Runs a sync, and returns its units."""
    (login,) = etl.sync(direct, destination, _TABLES, columns=_COLUMNS).raise_for_errors().logins
    return login.units


def _edit(direct: Direct, emulator: Emulator, edits: int, deletes: int) -> None:
    ads = list(emulator.store.rows("ads", _LOGIN))
    drafts = [row.id for row in ads if row.document["Status"] == "DRAFT"]
    step = max(1, len(ads) // edits)
    changed: Any = [{"Id": row.id, "TextAd": {"Title": "Changed"}} for row in ads[::step][:edits]]
    direct.ads.update(Ads=changed).raise_for_errors()
    deleted: Any = drafts[:: max(1, len(drafts) // deletes)][:deletes]
    direct.ads.delete(SelectionCriteria={"Ids": deleted}).raise_for_errors()


def _compare(direct: Direct, emulator: Emulator, destination: FilesDestination) -> None:
    schema = ObjectSchema(table("ads"), _COLUMNS["ads"])
    ours: dict[Any, Any] = dict(destination.rows(schema, _LOGIN, ["id", "text_ad_title"]))
    theirs = {row.id: row.document["TextAd"]["Title"] for row in emulator.store.rows("ads", _LOGIN)}
    if ours != theirs:
        different = {key for key in ours.keys() | theirs.keys() if ours.get(key) != theirs.get(key)}
        raise ResultsDiffer(f"{len(different)} of {len(theirs)} ads are not what the account has")

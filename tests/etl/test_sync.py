"""sync(): whatever happens between runs, and wherever one breaks off, the destination has what a snapshot has."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.clock import WITH_VCARDS
from tests.etl import sync_until_killed
from tests.etl.comparison import differences
from tests.etl.edits import EDITS, Editor
from yadirect_soap import (
    AlreadyRunningError,
    ApiError,
    AuthError,
    BudgetExceededError,
    ConfigurationError,
    Direct,
    DirectError,
    NotSentError,
    etl,
)
from yadirect_soap.emulator import Clock, Emulator
from yadirect_soap.emulator.fixtures.demo_accounts import ADVERTISER, ADVERTISER_TOKEN, AGENCY, AGENCY_TOKEN, CLIENTS
from yadirect_soap.emulator.fixtures.large_accounts import AccountSize, generate
from yadirect_soap.etl.destination import Destination, Package
from yadirect_soap.etl.destinations.files import FilesDestination
from yadirect_soap.etl.run_lock import only_run
from yadirect_soap.etl.schema import ObjectSchema
from yadirect_soap.etl.sync_summary import LoginSummary
from yadirect_soap.etl.tables import bundled

TABLES = [name for name, table in bundled().items() if not table.dictionary and name != "agencyclients"]
SCHEMAS = [ObjectSchema(bundled()[name]) for name in TABLES]
_MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108  what is written there is soon deleted
"""Where files are written without a wait for a disk."""
EDIT = some.tuples(some.integers(0, len(EDITS) - 1), some.integers(0, 30))


def schema(name: str) -> ObjectSchema:
    """The schema of a table."""
    return ObjectSchema(bundled()[name])


class Account:
    """An emulator, a client and a destination, each new."""

    def __init__(self, *, deletes_in_changes: bool, token: str = ADVERTISER_TOKEN) -> None:
        self._stack = ExitStack()
        clock = Clock()
        clock.freeze()
        self.emulator = self._stack.enter_context(
            Emulator(
                clock=clock,
                sleep=lambda _seconds: None,
                deletes_in_changes=deletes_in_changes,
                api_date=WITH_VCARDS,
            )
        )
        session = self._stack.enter_context(self.emulator.session())
        self.direct = self._stack.enter_context(Direct(token, endpoint=self.emulator.endpoint, session=session))
        self.folder = Path(self._stack.enter_context(TemporaryDirectory(dir=_MEMORY)))
        self.destination = self._stack.enter_context(closing(FilesDestination(self.folder)))
        self.editor = Editor(self.emulator, self.direct)
        owner = self.emulator.accounts.by_login(ADVERTISER)
        assert owner is not None
        self._units = self.emulator.units_left(owner)

    def __enter__(self) -> "Account":
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def sync(self) -> etl.Summary:
        """One run of all tables, which is to succeed."""
        return self.run(TABLES)

    def run(self, names: list[str], **settings: Any) -> etl.Summary:
        """One run of some tables, which is to succeed."""
        return etl.sync(self.direct, self.destination, names, **settings).raise_for_errors()

    def edit(self, edits: list[tuple[int, int]]) -> None:
        """Several edits."""
        for edit in edits:
            self.editor.edit(*edit)

    def grow(self, **size: int) -> None:
        """Adds synthetic objects, an hour old."""
        owner = self.emulator.accounts.by_login(ADVERTISER)
        assert owner is not None
        generate(self.emulator.store, owner, AccountSize(**size), at=self.emulator.clock() - 3600)

    def set_daily_units(self, units: int) -> None:
        """Gives the account other units a day."""
        owner = self.emulator.accounts.by_login(ADVERTISER)
        assert owner is not None
        self.emulator.accounts.update(replace(owner, daily_units=units))

    def units(self) -> int:
        """The units that were spent so far."""
        owner = self.emulator.accounts.by_login(ADVERTISER)
        assert owner is not None
        return self._units - self.emulator.units_left(owner)

    def differences(self) -> dict[str, Any]:
        """What the destination and a snapshot do not have alike."""
        return differences(self.direct, self.destination, SCHEMAS, ADVERTISER)


@pytest.mark.slow
@settings(max_examples=settings().max_examples // 6)
@given(runs=some.lists(some.lists(EDIT, max_size=10), min_size=2, max_size=3), deletes_in_changes=some.booleans())
def test_a_destination_has_what_a_snapshot_has(runs: list[list[tuple[int, int]]], deletes_in_changes: bool) -> None:
    """After any edits, deletions and moderation a run brings every table to what the account has, row by row."""
    with Account(deletes_in_changes=deletes_in_changes) as account:
        account.sync()
        for edits in runs:
            account.edit(edits)
            account.sync()
        assert account.differences() == {}


@pytest.mark.parametrize("deletes_in_changes", [False, True])
@pytest.mark.parametrize("name", ["AudienceTargets", "Keywords"])
def test_a_deletion_changes_the_serving_status_of_its_group(name: str, deletes_in_changes: bool) -> None:
    """A group that lost its last condition is served rarely; Changes names neither the group nor its keywords."""
    with Account(deletes_in_changes=deletes_in_changes) as account:

        def call(of: str, operation: str, params: dict[str, Any]) -> Any:
            return account.direct.call(of, operation, params)

        def status() -> list[tuple[Any, ...]]:
            where = {"id": frozenset({group})}
            return list(account.destination.rows(schema("adgroups"), ADVERTISER, ["serving_status"], where))

        campaign = account.editor.pick("campaigns", 0)
        new = {"Name": "Benches", "CampaignId": campaign, "RegionIds": [225]}
        (group,) = call("adgroups", "add", {"AdGroups": [new]}).ids
        conditions: dict[str, dict[str, Any]] = {
            "AudienceTargets": {"RetargetingListId": account.editor.pick("retargetinglists", 0)},
            "Keywords": {"Keyword": "cedar bench"},
        }
        (added,) = call(name.lower(), "add", {name: [{"AdGroupId": group, **conditions[name]}]}).ids
        account.editor.wait(3600)
        account.sync()
        account.editor.wait(3600)
        before = status()
        call(name.lower(), "delete", {"SelectionCriteria": {"Ids": [added]}})
        account.sync()
        assert (before, status()) == ([("ELIGIBLE",)], [("RARELY_SERVED",)])
        assert account.differences() == {}


@pytest.mark.slow
@settings(max_examples=settings().max_examples // 16)
@given(
    runs=some.lists(some.lists(EDIT, max_size=6), min_size=1, max_size=2),
    kills=some.lists(some.tuples(some.integers(0, 12), some.booleans()), min_size=1, max_size=2),
)
def test_a_run_that_was_killed_loses_nothing(runs: list[list[tuple[int, int]]], kills: list[tuple[int, bool]]) -> None:
    """Wherever runs are killed, before or after a commit, the next that ends well leaves what the account has."""
    with Account(deletes_in_changes=False) as account:
        for edits in [[], *runs]:
            account.edit(edits)
            for after, committed in kills:
                with suppress(KilledError):
                    etl.sync(
                        account.direct, Killed(account.destination, after, committed), TABLES, package_rows=10, lanes=1
                    )
        account.sync()
        assert account.differences() == {}


@pytest.mark.slow
def test_a_process_that_is_killed_loses_nothing() -> None:
    """Processes are killed while they sync; the next run leaves what the account has."""
    with Account(deletes_in_changes=False) as account, account.emulator.serve() as url:
        account.grow(campaigns=4, adgroups=5, ads=10)
        account.destination.close()
        for dots in (2, 7):
            program = [sys.executable, sync_until_killed.__file__, url, f"files:{account.folder}"]
            with subprocess.Popen(program, stdout=subprocess.PIPE) as process:
                assert process.stdout is not None
                process.stdout.read(dots)
                time.sleep(0.02 * dots)
                process.kill()
            account.edit([(10, 3), (11, 5), (2, 1)])
        with closing(FilesDestination(account.folder)) as destination:
            etl.sync(account.direct, destination, TABLES).raise_for_errors()
            assert differences(account.direct, destination, SCHEMAS, ADVERTISER) == {}


class KilledError(BaseException):
    """The end of the process."""


class Killed:
    """A destination whose process ends at one of its commits: before it, or after it."""

    def __init__(self, destination: Destination, after: int, committed: bool) -> None:
        self._destination = destination
        self._left = after
        self._committed = committed

    def __getattr__(self, name: str) -> Any:
        return getattr(self._destination, name)

    def apply(self, package: Package) -> None:
        """Commits so many packages."""
        if self._left or self._committed:
            self._destination.apply(package)
        if not self._left:
            raise KilledError
        self._left -= 1


def test_a_snapshot_goes_on_where_it_stopped() -> None:
    """What a run that ended early has committed is not read again by the next one."""
    with Account(deletes_in_changes=False) as account:
        account.grow(campaigns=40, adgroups=5, ads=0)
        with pytest.raises(KilledError):
            etl.sync(account.direct, Killed(account.destination, 3, True), ["campaigns", "adgroups"], package_rows=10)
        read = account.units()
        account.run(["campaigns", "adgroups"], package_rows=10)
        assert account.units() - read < read
        assert len(list(account.destination.rows(schema("adgroups"), ADVERTISER, ["id"]))) == 200 + 11


def test_a_large_first_run_is_committed_in_packages() -> None:
    """Packages have about as many rows as they may, and the state comes with the rows."""
    with Account(deletes_in_changes=False) as account:
        sizes: list[int] = []

        class Counting(Killed):
            def apply(self, package: Package) -> None:
                sizes.append(sum(len(batch.rows) for batch in package.batches))
                account.destination.apply(package)

        etl.sync(account.direct, Counting(account.destination, 0, True), ["ads"], package_rows=5)
        assert sum(sizes) == 17
        assert len(sizes) > 1


def test_gone_rows_can_stay_with_a_mark() -> None:
    """With deletes="mark" the row of a deleted object stays, with the time; no later run brings it back."""
    with Account(deletes_in_changes=False) as account:
        account.run(["sitelinks", "keywords"], deletes="mark")
        deleted = account.editor.pick("keywords", 3)
        account.emulator.store.delete("keywords", deleted)
        for _ in range(2):
            account.emulator.clock.advance(minutes=1)
            account.run(["sitelinks", "keywords"], deletes="mark")
        marked = ObjectSchema(bundled()["keywords"], marks=True)
        stored = {row[1]: row[marked.index("_deleted_at")] for row in account.destination.stored_rows(marked)}
        assert [key for key, at in stored.items() if at] == [deleted]
        assert deleted not in {key for (key,) in account.destination.rows(marked, ADVERTISER, ["id"])}


def test_a_table_that_is_added_later_is_read_whole() -> None:
    """A table that earlier runs did not have, or had with other columns, is read whole; the others by changes."""
    with Account(deletes_in_changes=False) as account:
        account.run(["campaigns", "adgroups", "ads"])
        account.emulator.clock.advance(hours=1)
        account.edit([(0, 0), (1, 8), (3, 11)])
        summary = account.run(["campaigns", "adgroups", "ads", "keywords"])
        (one,) = summary.logins
        assert one.written["ads"] == 0
        assert one.written["keywords"] == len(list(account.emulator.store.rows("keywords", ADVERTISER)))


@pytest.mark.parametrize(
    "settings", [{"version": "v5"}, {"language": "ru"}], ids=["an older version", "another language"]
)
def test_rows_of_another_answer_are_read_anew(settings: dict[str, str]) -> None:
    """Version and language make other rows of the same objects: no table has some of one and some of the other."""
    names = ["campaigns", "adgroups", "ads"]
    with Account(deletes_in_changes=False) as account:
        account.run(names)
        with account.direct.with_settings(**settings) as other:
            etl.sync(other, account.destination, names).raise_for_errors()
            assert differences(other, account.destination, [schema(name) for name in names], ADVERTISER) == {}


def test_a_table_with_figures_is_read_whole_in_each_run() -> None:
    """However few units a day the account has: Changes would not tell what a column of figures has to be."""
    columns = {"campaigns": ["Name", "Funds"]}
    with Account(deletes_in_changes=False) as account:
        account.run(["campaigns"], columns=columns)
        # A get of the campaigns costs more than 5 % of 300 units.
        account.set_daily_units(300)
        account.edit([(0, 0)])
        (one,) = account.run(["campaigns"], columns=columns).logins
        assert one.written["campaigns"] == len(list(account.emulator.store.rows("campaigns", ADVERTISER)))


@pytest.mark.slow
def test_an_incremental_run_is_cheap() -> None:
    """With a hundred edits and ten deletions a run over 10,000 ads costs under 300 units."""
    with Account(deletes_in_changes=False) as account:
        account.grow(campaigns=10, adgroups=20, ads=50)
        names = ["campaigns", "adgroups", "ads"]
        account.run(names)
        account.emulator.clock.advance(hours=2)
        ads: list[Any] = [row.id for row in account.emulator.store.rows("ads", ADVERTISER)][1000:1110]
        account.direct.ads.suspend(SelectionCriteria={"Ids": ads[:100]})
        for key in ads[100:]:
            account.emulator.store.delete("ads", key)
        (one,) = account.run(names).logins
        assert (one.units < 300, one.written["ads"], one.deleted["ads"]) == (True, 100, 10)


@pytest.mark.parametrize("killed", [False, True], ids=["in one run", "after a kill"])
def test_what_a_changed_ad_names_is_read_with_it(killed: bool) -> None:
    """Where sitelinks and images are too dear to be read whole, a run reads those that changed ads name newly."""
    names = ["ads", "sitelinks", "adimages"]
    with Account(deletes_in_changes=False) as account:
        account.run(names)
        # 5 % of 300 units are fewer than a get of either table costs.
        account.set_daily_units(300)
        account.emulator.clock.advance(hours=1)
        for number in (1, 2):
            account.editor.add("sitelinks", Sitelinks=[{"Title": f"Link {number}", "Href": "https://example.com/link"}])
        named, _ = (row.id for row in list(account.emulator.store.rows("sitelinks", ADVERTISER))[-2:])
        ad = {"Title": "Bench", "Text": "Made of cedar", "Mobile": "NO", "Href": "https://example.com/"}
        account.editor.add("ads", AdGroupId=account.editor.pick("adgroups", 0), TextAd={**ad, "SitelinkSetId": named})
        if killed:
            with pytest.raises(KilledError):
                etl.sync(account.direct, Killed(account.destination, 0, True), names, package_rows=1)
        (one,) = account.run(names).logins
        assert one.written["sitelinks"] == 1
        assert named in {key for (key,) in account.destination.rows(schema("sitelinks"), ADVERTISER, ["id"])}


def test_a_whole_read_comes_again_after_a_week() -> None:
    """What Changes does not tell is met at the latest after full_after_days."""
    with Account(deletes_in_changes=False) as account:
        account.run(["ads"])
        account.emulator.clock.advance(days=3)
        assert account.run(["ads"]).logins[0].written == {"ads": 0}
        account.emulator.clock.advance(days=5)
        assert account.run(["ads"]).logins[0].written == {"ads": 17}


# --- clients of an agency -----------------------------------------------------------------------------------------


@pytest.fixture
def agency() -> Iterator[Account]:
    """An account whose Direct is the agency's."""
    with Account(deletes_in_changes=False, token=AGENCY_TOKEN) as account:
        yield account


def test_all_clients_of_an_agency_are_read(agency: Account) -> None:
    """With clients="all" each client's rows are there under its login, and the list of clients is a table."""
    summary = agency.run(["agencyclients", "campaigns"], clients="all")
    assert {one.login for one in summary.logins} == {AGENCY, *CLIENTS}
    for login in CLIENTS:
        ids = [key for (key,) in agency.destination.rows(schema("campaigns"), login, ["id"])]
        assert ids == [row.id for row in agency.emulator.store.rows("campaigns", login)]
    assert len(list(agency.destination.rows(schema("agencyclients"), AGENCY, ["client_login"]))) == len(CLIENTS)


def test_one_login_in_trouble_stops_alone(agency: Account) -> None:
    """The error of a login is told in the summary, and the others are read."""
    clients = [*CLIENTS, "nobody-of-ours"]
    summary = etl.sync(agency.direct, agency.destination, ["campaigns"], clients=clients)
    assert set(summary.errors) == {"nobody-of-ours"}
    with pytest.raises(ApiError):
        summary.raise_for_errors()
    assert all(one.written["campaigns"] for one in summary.logins if one.error is None)


@pytest.mark.parametrize(
    ("clients", "message"),
    [("demo-client-rub", "found clients 'demo-client-rub'"), ([], "found no client")],
    ids=["a text", "an empty list"],
)
def test_clients_are_a_list_of_logins(agency: Account, clients: Any, message: str) -> None:
    """A login in place of a list of logins, and a list of nobody, are refused before anything is read."""
    with pytest.raises(ConfigurationError, match=message):
        etl.sync(agency.direct, agency.destination, ["campaigns"], clients=clients)
    assert len(agency.emulator.calls) == 0


def test_a_login_is_the_same_however_it_is_written(agency: Account) -> None:
    """Case does not matter, and a dot is a dash: rows come once, under the canonical login."""
    for clients in (["demo-client-rub", "Demo.Client-RUB"], ["DEMO-CLIENT-RUB"]):
        (one,) = agency.run(["campaigns"], clients=clients).logins
        assert one.login == "demo-client-rub"
    client = agency.direct.with_client_login("Demo.client.rub")
    etl.sync(client, agency.destination, ["campaigns"]).raise_for_errors()
    campaigns = schema("campaigns")
    assert {row[0] for row in agency.destination.stored_rows(campaigns)} == {"demo-client-rub"}


def test_the_units_of_a_run_are_all_that_it_cost() -> None:
    """What the summary tells is what the account paid, the question for its login too."""
    with Account(deletes_in_changes=False) as account:
        for _ in range(2):
            before = account.units()
            (one,) = account.run(["campaigns", "ads", "keywords"]).logins
            assert one.units == account.units() - before
            account.emulator.clock.advance(minutes=5)


STOPPED, REVOKED, OFFLINE = BudgetExceededError("no units"), AuthError(53, "revoked"), NotSentError("offline")


@pytest.mark.parametrize(
    ("errors", "code"),
    [
        ([None, None], 0),
        ([OFFLINE], 4),
        ([REVOKED, REVOKED], 3),
        ([REVOKED, OFFLINE], 1),
        ([None, REVOKED], 1),
        ([None, STOPPED], 6),
        ([STOPPED, REVOKED], 1),
    ],
    ids=["done", "one login", "all alike", "all in other ways", "one of them", "units", "units and an error"],
)
def test_a_summary_has_the_exit_code_of_the_command(errors: list[DirectError | None], code: int) -> None:
    """It is that of the errors if they are alike and no login is up to date; units that ran short are always 6."""
    logins = [LoginSummary(str(number), {}, {}, 0, 0.0, error=error) for number, error in enumerate(errors)]
    assert etl.Summary(logins).exit_code == code


# --- runs beside each other ---------------------------------------------------------------------------------------


def test_a_second_run_into_the_same_place_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a run fills a folder no other one may, by whatever path and format it names it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    refused: list[str] = []
    with Account(deletes_in_changes=False) as account:

        def run_another(_progress: etl.Progress) -> None:
            with pytest.raises(ConfigurationError, match="another sync into files:") as raised:
                etl.sync(account.direct, f"files:{tmp_path}/x/../out?format=csv", ["campaigns"])
            refused.append(str(raised.value))

        etl.sync(account.direct, "files:out", ["campaigns"], on_progress=run_another).raise_for_errors()
        assert len(refused) == 1
        etl.sync(account.direct, "files:out", ["campaigns"]).raise_for_errors()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no umask")
def test_other_users_can_take_the_lock_of_a_folder(tmp_path: Path) -> None:
    """The umask of cron does not keep another user of the folder from locking it."""
    before = os.umask(0o077)
    try:
        with only_run(f"files:{tmp_path}/out", tmp_path / "one"):
            pass
    finally:
        os.umask(before)
    assert (tmp_path / "out" / "_yadirect_sync.lock").stat().st_mode & 0o777 == 0o666


def test_a_user_without_a_home_has_a_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the cache folder cannot be made, as in many containers, the lock is in the runtime folder."""
    (tmp_path / "file").touch()
    (tmp_path / "run").mkdir(mode=0o700)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file" / "cache"))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))
    with (
        only_run("clickhouse://host/direct"),
        pytest.raises(AlreadyRunningError, match=r"another sync into .* is running"),
        only_run("clickhouse://host/direct"),
    ):
        pass


@pytest.mark.parametrize("address", ["files:{}/out?format=csv", "sqlite:{}/direct.db"], ids=["files", "sqlite"])
def test_containers_that_share_a_folder_lock_each_other_out(tmp_path: Path, address: str) -> None:
    """A run whose own files are elsewhere meets the lock beside the destination's; it ends with the run."""
    place = address.format(tmp_path)
    with (
        only_run(place, tmp_path / "one"),
        pytest.raises(ConfigurationError, match=r"another sync into .* is running"),
        only_run(place, tmp_path / "two"),
    ):
        pass
    with only_run(place, tmp_path / "two"):
        pass


def test_a_newer_state_is_refused() -> None:
    """The state of a newer version is not written over."""
    with Account(deletes_in_changes=False) as account:
        account.destination.apply(Package(ADVERTISER, [], {"version": 99}, "2026-05-31T10:00:00Z"))
        with pytest.raises(ConfigurationError, match="newer yadirect-soap"):
            account.run(["ads"])

"""The journal: whose it is, who may open it, and what it knows before anything leaves."""

import io
import sqlite3
import stat
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.bulk.conftest import Write
from tests.bulk.trouble import Trouble
from yadirect_soap import ConfigurationError, Direct, bulk
from yadirect_soap.bulk.journal import Journal, JournalError
from yadirect_soap.bulk.runner import Options, Run
from yadirect_soap.emulator.fixtures.demo_accounts import ADVERTISER

SUSPEND = {"do": "ads.suspend", "item": 1}


def test_a_journal_is_for_its_owner_alone(direct: Direct, write: Write, journal: Path) -> None:
    """What is planned and the texts of ads are nobody else's business."""
    with bulk.jobs.open_job(direct, write(SUSPEND), journal=journal):
        found = {each.name: stat.S_IMODE(each.stat().st_mode) for each in journal.parent.glob("journal*")}
    assert found
    assert set(found.values()) == {0o600}


def test_a_second_run_is_kept_off(direct: Direct, write: Write, journal: Path) -> None:
    """Two runs of one journal would send everything twice; its state can be read all the same."""
    source = write(SUSPEND)
    with bulk.jobs.open_job(direct, source, journal=journal):
        with pytest.raises(ConfigurationError, match="another run has this journal"):
            bulk.run(direct, source, journal=journal)
        assert bulk.status(journal).planned == 1


def test_another_file_is_refused(direct: Direct, write: Write, journal: Path) -> None:
    """A journal is of one file, byte by byte."""
    bulk.run(direct, write(SUSPEND), journal=journal)
    with pytest.raises(ConfigurationError, match="take a new journal"):
        bulk.run(direct, write(SUSPEND, SUSPEND), journal=journal)


def test_other_lines_on_stdin_are_refused(
    direct: Direct, write: Write, journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pipe is compared as a file is: its lines are never passed over in favour of those of the journal."""

    def feed(*lines: Any) -> None:
        stdin = io.TextIOWrapper(io.BytesIO(write(*lines).read_bytes()), encoding="utf-8")
        monkeypatch.setattr("sys.stdin", stdin)

    feed(SUSPEND)
    first = bulk.run(direct, "-", journal=journal)
    feed(SUSPEND)
    assert bulk.run(direct, "-", journal=journal) == first
    feed(SUSPEND, SUSPEND)
    with pytest.raises(ConfigurationError, match="found another content in stdin than that of stdin"):
        bulk.run(direct, "-", journal=journal)


def test_a_file_is_not_read_in_another_way(direct: Direct, write: Write, journal: Path) -> None:
    """The same file means other changes with another operation or unit of amounts; the journal has the first."""
    source = write(SUSPEND)
    bulk.run(direct, source, journal=journal)
    with pytest.raises(ConfigurationError, match=r"found the operation 'ads\.update', expected ''"):
        bulk.run(direct, source, journal=journal, operation="ads.update")
    with pytest.raises(ConfigurationError, match="found the money 'decimal', expected 'micros'"):
        bulk.run(direct, source, journal=journal, money="decimal")


def test_another_account_is_refused(direct: Direct, write: Write, journal: Path) -> None:
    """What was planned for one client is not sent for another."""
    bulk.run(direct, write(SUSPEND), journal=journal)
    with pytest.raises(ConfigurationError, match="found the client login 'somebody', expected ''"):
        bulk.run(direct.with_client_login("somebody"), journal=journal)


def test_a_journal_goes_on_without_its_file(direct: Direct, write: Write, journal: Path) -> None:
    """All that is to be sent is in the journal, wherever it is opened."""
    source = write(SUSPEND)
    with bulk.jobs.open_job(direct, source, journal=journal):
        pass
    source.unlink()
    assert bulk.run(direct, journal=journal.rename(journal.with_name("elsewhere"))).failed == 1


@pytest.mark.parametrize("content", [b"", b"no database at all, but a text", b"{}"], ids=["empty", "text", "json"])
def test_a_file_that_is_no_journal_is_refused(journal: Path, content: bytes) -> None:
    """It is told, and left as it is."""
    journal.write_bytes(content)
    with pytest.raises(ConfigurationError, match=r"journal\.db"):
        bulk.status(journal)
    assert journal.read_bytes()[: len(content)] == content


def test_a_journal_of_another_version_is_refused(direct: Direct, write: Write, journal: Path) -> None:
    """A later version may mean other things by the same words."""
    with bulk.jobs.open_job(direct, write(SUSPEND), journal=journal):
        pass
    with sqlite3.connect(journal) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(ConfigurationError, match="found a journal of version 99, expected 1"):
        bulk.status(journal)


@pytest.mark.parametrize("version", [0, 1])
def test_the_database_of_another_program_is_refused(direct: Direct, write: Write, journal: Path, version: int) -> None:
    """It is left as it is, whatever version of its own it has."""
    with sqlite3.connect(journal) as connection:
        connection.execute("CREATE TABLE job (name)")
        connection.execute(f"PRAGMA user_version = {version}")
    connection.close()
    before = journal.read_bytes()
    for use in (lambda: bulk.run(direct, write(SUSPEND), journal=journal), lambda: bulk.status(journal)):
        with pytest.raises(ConfigurationError, match="found a database of another program"):
            use()
    assert journal.read_bytes() == before


def limited(pages: int) -> type[sqlite3.Connection]:
    """Connections to a database that has room for some pages, as a disk that is full."""

    class Connection(sqlite3.Connection):
        def execute(self, sql: str, *args: Any) -> sqlite3.Cursor:
            if sql.startswith("BEGIN"):
                super().execute(f"PRAGMA max_page_count = {pages}")
            return super().execute(sql, *args)

    return Connection


def run_limited(trouble: Trouble, direct: Direct, journal: Path, pages: int) -> None:
    """Runs a journal that has room for some pages."""
    with Journal(journal, connect=partial(sqlite3.connect, factory=limited(pages))) as opened:
        opened.lock()
        list(Run(direct, opened, Options(clock=trouble.clock, sleep=trouble.pass_time)).outcomes())


def test_a_full_disk_is_told_and_doubles_nothing(trouble: Trouble, write: Write, journal: Path) -> None:
    """The outcomes of a call have no room: the next run finds its objects by what was sent."""
    names = [f"Группа {number} {'x' * 200}" for number in range(100)]
    item = {"CampaignId": 700_000_001, "RegionIds": [225]}
    source = write(*({"do": "adgroups.add", "item": {"Name": name, **item}} for name in names))
    with trouble.direct() as direct:
        with bulk.jobs.open_job(direct, source, journal=journal):
            pass
        with pytest.raises(JournalError, match="database or disk is full; repeat the command once that is corrected"):
            run_limited(trouble, direct, journal, journal.stat().st_size // 4096)
        assert bulk.run(direct, journal=journal).ok
    added = Counter(row.document["Name"] for row in trouble.emulator.store.rows("adgroups", ADVERTISER))
    assert [added[name] for name in names] == [1] * len(names)


def test_a_chunk_is_on_the_disk_before_it_is_sent(trouble: Trouble, write: Write, journal: Path) -> None:
    """Whoever looks while the request is on its way reads that it was sent."""
    seen: list[Any] = []

    def look(context: Any, request: Any, send: Any) -> Any:
        if context.writes:
            with Journal(journal) as opened:
                seen.append([(chunk.op, chunk.state) for chunk, _ in opened.chunks()])
        return send(request)

    with trouble.direct(middleware=[look]) as direct:
        bulk.run(direct, write(SUSPEND), journal=journal)
    assert seen == [[("ads.suspend", "sent")]]


def test_every_commit_reaches_the_disk(journal: Path) -> None:
    """WAL with synchronous=FULL: a lost power supply takes back nothing that was committed."""
    with Journal(journal) as opened:
        connection = opened._connection
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)


def test_a_journal_that_is_not_there_is_not_made(direct: Direct, journal: Path) -> None:
    """Without a file there is nothing to plan."""
    for look in (lambda: bulk.status(journal), lambda: bulk.run(direct, journal=journal)):
        with pytest.raises(ConfigurationError, match="no such journal"):
            look()
    assert not journal.exists()

"""What users of PostgreSQL do with the database of a sync: rights, timeouts, encodings, changes by hand, poolers."""

import logging
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg2
import pytest

from tests.etl import postgresql
from tests.etl.comparison import differences
from yadirect_soap import ConfigurationError, Direct, etl
from yadirect_soap.emulator import Clock, Emulator
from yadirect_soap.emulator.fixtures.demo_accounts import ADVERTISER
from yadirect_soap.etl.destinations.addresses import open_destination
from yadirect_soap.etl.schema import ObjectSchema
from yadirect_soap.etl.tables import bundled

pytestmark = pytest.mark.skipif(postgresql.programs() is None, reason="PostgreSQL is not installed")

TABLES = ["campaigns", "ads"]


class Database:
    """A dataset of a server, and its owner."""

    def __init__(self, server: str, dataset: str) -> None:
        self._server = server
        self.dataset = dataset

    def execute(self, *statements: str, database: str = "postgres") -> None:
        """Carries out statements as the owner; {dataset} is the dataset."""
        with closing(psycopg2.connect(self._with(database))) as connection, connection.cursor() as cursor:
            connection.autocommit = True
            for statement in statements:
                cursor.execute(statement.format(dataset=self.dataset))

    def address(self, user: str = "direct", database: str = "postgres") -> str:
        """The address of the dataset for a user."""
        return f"{self._with(database).replace('direct@', f'{user}@')}?dataset={self.dataset}"

    def _with(self, database: str) -> str:
        return self._server.removesuffix("postgres") + database


@pytest.fixture
def database(server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """An empty dataset."""
    monkeypatch.chdir(tmp_path)
    return Database(server, f"of_{tmp_path.name}".lower().replace("-", "_"))


def edit(direct: Direct, emulator: Emulator, clock: Clock) -> None:
    """Changes an ad, and deletes another one."""
    clock.advance(minutes=5)
    first, second, *_ = sorted(int(row.id) for row in emulator.store.rows("ads", ADVERTISER))
    direct.ads.suspend(SelectionCriteria={"Ids": [second]})
    emulator.store.delete("ads", first)
    clock.advance(minutes=5)


def different(direct: Direct, address: str) -> dict[str, Any]:
    """What the dataset and the account do not have alike."""
    with closing(open_destination(address)) as destination:
        return differences(direct, destination, [ObjectSchema(bundled()[name]) for name in TABLES], ADVERTISER)


@pytest.mark.parametrize(
    ("statements", "message"),
    [
        (
            ["GRANT SELECT ON ALL TABLES IN SCHEMA {dataset}, {dataset}_staging TO {role}"],
            'the user lacks INSERT on "{dataset}"."campaigns"; grant it, or sync as the owner of the tables',
        ),
        (
            [
                "GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA {dataset} TO {role}",
                "GRANT ALL ON ALL TABLES IN SCHEMA {dataset}_staging TO {role}",
            ],
            'the user lacks DELETE on "{dataset}"."campaigns"',
        ),
        (
            [
                "GRANT ALL ON ALL TABLES IN SCHEMA {dataset} TO {role}",
                "GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA {dataset}_staging TO {role}",
            ],
            'the user lacks TRUNCATE on "{dataset}_staging"."campaigns"',
        ),
        (
            [
                "GRANT ALL ON ALL TABLES IN SCHEMA {dataset}, {dataset}_staging TO {role}",
                "ALTER ROLE {role} SET default_transaction_read_only = on",
            ],
            "transactions of this user or server are read-only",
        ),
    ],
    ids=["reads", "inserts", "no truncate", "read-only"],
)
def test_a_user_who_may_not_write_is_told_before_anything_is_sent(
    database: Database, direct: Direct, emulator: Emulator, statements: list[str], message: str
) -> None:
    """All tables are there, and the user may read them; the error names the first right that is lacking."""
    etl.sync(direct, database.address(), TABLES).raise_for_errors()
    sent = len(emulator.calls)
    role = f"user_{database.dataset}"
    names = {"role": role, "dataset": database.dataset}
    database.execute(
        f"CREATE ROLE {role} LOGIN",
        f"GRANT USAGE ON SCHEMA {database.dataset}, {database.dataset}_staging TO {role}",
        *(statement.format(**names) for statement in statements),
    )
    with pytest.raises(ConfigurationError) as raised:
        etl.sync(direct, database.address(role), TABLES)
    assert message.format(**names) in str(raised.value)
    assert len(emulator.calls) == sent


def test_a_user_who_owns_no_table_may_sync(
    database: Database, direct: Direct, emulator: Emulator, clock: Clock
) -> None:
    """The rights that the errors name are enough, with that to create in both schemas."""
    etl.sync(direct, database.address(), TABLES).raise_for_errors()
    role = f"user_{database.dataset}"
    database.execute(
        f"CREATE ROLE {role} LOGIN",
        f"GRANT USAGE, CREATE ON SCHEMA {{dataset}}, {{dataset}}_staging TO {role}",
        f"GRANT SELECT, INSERT, DELETE ON ALL TABLES IN SCHEMA {{dataset}} TO {role}",
        f"GRANT SELECT, INSERT, TRUNCATE ON ALL TABLES IN SCHEMA {{dataset}}_staging TO {role}",
    )
    edit(direct, emulator, clock)
    etl.sync(direct, database.address(role), TABLES).raise_for_errors()
    assert different(direct, database.address()) == {}


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE {dataset}.ads ALTER id TYPE numeric",
        "ALTER TABLE {dataset}.ads ADD note text NOT NULL DEFAULT 'n'",
        "ALTER TABLE {dataset}.ads ADD PRIMARY KEY (login, id)",
        "CREATE VIEW {dataset}.living AS SELECT * FROM {dataset}.ads",
        "DROP SCHEMA {dataset}_staging CASCADE",
    ],
    ids=["type", "column", "key", "view", "staging"],
)
def test_what_somebody_changed_by_hand_stays(
    database: Database, direct: Direct, emulator: Emulator, clock: Clock, statement: str
) -> None:
    """A column with another type or a new one, a constraint and a view do not keep later runs from the right rows."""
    etl.sync(direct, database.address(), TABLES).raise_for_errors()
    database.execute(statement)
    edit(direct, emulator, clock)
    etl.sync(direct, database.address(), TABLES).raise_for_errors()
    assert different(direct, database.address()) == {}


def test_a_refused_row_is_told_without_its_values(
    database: Database, direct: Direct, emulator: Emulator, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    """One error, and nothing in dlt's own log, which would have a traceback with the row."""
    etl.sync(direct, database.address(), TABLES).raise_for_errors()
    database.execute(
        "ALTER TABLE {dataset}.ads ADD note text NOT NULL DEFAULT 'n'",
        "ALTER TABLE {dataset}.ads ALTER note DROP DEFAULT",
    )
    edit(direct, emulator, clock)
    logger = logging.getLogger("dlt")
    logger.addHandler(caplog.handler)
    try:
        with pytest.raises(OSError, match='null value in column "note"') as raised:
            etl.sync(direct, database.address(), TABLES)
    finally:
        logger.removeHandler(caplog.handler)
    assert "Failing row" not in str(raised.value)
    assert [record.getMessage() for record in caplog.records if "Failing row" in record.getMessage()] == []
    database.execute("ALTER TABLE {dataset}.ads DROP note")
    etl.sync(direct, database.address(), TABLES).raise_for_errors()
    assert different(direct, database.address()) == {}


@pytest.mark.parametrize("encoding", ["SQL_ASCII", "WIN1251"])
def test_a_database_with_another_encoding_has_the_same_texts(
    database: Database, direct: Direct, emulator: Emulator, clock: Clock, encoding: str
) -> None:
    """Also one without an encoding, whose texts psycopg2 would take for ASCII."""
    name = f"db_{encoding.lower()}"
    database.execute(f"CREATE DATABASE {name} ENCODING '{encoding}' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'")
    address = database.address(database=name)
    for _ in range(2):
        etl.sync(direct, address, TABLES).raise_for_errors()
        assert different(direct, address) == {}
        edit(direct, emulator, clock)


def test_a_name_of_a_dataset_that_dlt_would_change_is_refused(
    database: Database, direct: Direct, emulator: Emulator
) -> None:
    """Two names in Cyrillic letters would be the same dataset."""
    address = f"{database.address().partition('?')[0]}?dataset=%D0%94%D0%B8%D1%80%D0%B5%D0%BA%D1%82"
    with pytest.raises(ConfigurationError, match="found dataset=Директ, expected a name of a to z, 0 to 9 and _"):
        etl.sync(direct, address, TABLES)
    assert len(emulator.calls) == 0


def test_the_short_scheme_is_the_same(database: Database, direct: Direct) -> None:
    """Clouds give addresses that begin with postgres://."""
    etl.sync(direct, database.address().replace("postgresql:", "postgres:"), TABLES).raise_for_errors()
    assert different(direct, database.address()) == {}


def test_a_socket_is_a_host(server: str, database: Database, direct: Direct) -> None:
    """The folder of the socket is written as the host."""
    with closing(psycopg2.connect(server)) as connection, connection.cursor() as cursor:
        cursor.execute("SHOW unix_socket_directories")
        ((folder,),) = cursor.fetchall()
    address = database.address().replace("127.0.0.1", quote(folder, safe=""))
    etl.sync(direct, address, TABLES).raise_for_errors()
    assert different(direct, database.address()) == {}

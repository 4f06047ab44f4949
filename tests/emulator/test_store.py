"""The emulator's memory: what is put in comes out, in order, to its owner only, and survives in a file."""

import stat
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from decimal import Decimal
from pathlib import Path

import pytest

from tests.emulator.emulator_client import EmulatorClient
from yadirect_soap.emulator.app import Emulator
from yadirect_soap.emulator.domain.account import Account, AccountKind
from yadirect_soap.emulator.domain.accounts import Accounts
from yadirect_soap.emulator.storage.store import Store
from yadirect_soap.errors import ConfigurationError


@pytest.fixture
def store() -> Iterator[Store]:
    """An empty store in memory."""
    store = Store()
    yield store
    store.close()


def put(store: Store, service: str, key: int | str, login: str = "anna", **members: object) -> None:
    """Puts a small document."""
    store.put(service, key, login, {"Id": key, **members}, changed=1.5)


def test_a_document_comes_back_as_it_was(store: Store) -> None:
    """Nil, nested lists, texts of any script, long integers and exact decimals survive."""
    document = {"Id": 1, "A": None, "B": [{"C": "слово\n"}], "D": 2**62, "E": Decimal("55.7512340")}
    store.put("vcards", 1, "anna", document, changed=0)
    assert store.get("vcards", 1, "anna") == document


def test_a_document_belongs_to_a_login(store: Store) -> None:
    """Another login does not get it, count it or list it."""
    put(store, "ads", 1)
    assert store.get("ads", 1, "boris") is None
    assert store.count("ads", "boris") == 0
    assert list(store.rows("ads", "boris")) == []


@pytest.mark.parametrize(
    ("narrowed", "expected"),
    [
        ({}, [1, 2, 3, 10]),
        ({"ids": [10, 1, 1, 77]}, [1, 10]),
        ({"ids": []}, []),
        ({"campaigns": [7]}, [1, 2, 3]),
        ({"adgroups": [5, 6]}, [2, 3]),
    ],
    ids=["all", "ids", "no ids", "campaigns", "groups"],
)
def test_rows_come_in_the_order_of_their_ids(store: Store, narrowed: dict[str, list[int]], expected: list[int]) -> None:
    """Rows can be narrowed by ids, campaigns or groups, and are ordered by number whatever was asked."""
    put(store, "ads", 10, CampaignId=8, AdGroupId=9)
    put(store, "ads", 3, CampaignId=7, AdGroupId=6)
    put(store, "ads", 1, CampaignId=7, AdGroupId=4)
    put(store, "ads", 2, CampaignId=7, AdGroupId=5)
    assert [row.id for row in store.rows("ads", "anna", **narrowed)] == expected


def test_more_ids_than_a_statement_holds(store: Store) -> None:
    """Ten thousand identifiers are found at once, in order."""
    for key in range(0, 10_000, 1000):
        put(store, "ads", key)
    assert [row.id for row in store.rows("ads", "anna", ids=range(10_000))] == list(range(0, 10_000, 1000))


def test_an_exception_undoes_a_transaction(store: Store) -> None:
    """What was put before the exception is gone, nested transactions included."""

    def fail() -> None:
        with store.transaction():
            put(store, "ads", 1)
            with store.transaction():
                put(store, "ads", 2)
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert store.count("ads", "anna") == 0


def test_a_sequence_has_no_gaps_and_no_repeats(store: Store) -> None:
    """Threads that take numbers at once get each number once."""
    taken: list[int] = []
    threads = [
        threading.Thread(target=lambda: taken.extend(store.next_id("ads", 100) for _ in range(50))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == list(range(100, 300))


def test_a_file_keeps_everything(tmp_path: Path) -> None:
    """Objects, accounts, tokens, units and sequences are there when the file is opened again."""
    path = tmp_path / "emulator.db"
    with Emulator(path, seed=False) as emulator:
        emulator.accounts.add(Account("anna", 1), token="anna-token")
        first = EmulatorClient(emulator).campaign(StartDate="2099-01-01")
    with Emulator(path) as emulator:
        client = EmulatorClient(emulator)
        assert client.by_id("campaigns", first, "Name") == {"Name": "Campaign"}
        assert client.campaign(StartDate="2099-01-01") == first + 1
        assert [account.login for account in emulator.accounts] == ["anna"]
    assert b"anna-token" not in path.read_bytes()


def test_accounts_are_found_by_all_their_names(store: Store) -> None:
    """By login, dots and case regardless, by ClientId, by token, by agency."""
    accounts = Accounts(store)
    accounts.add(Account("agency", 1, kind=AccountKind.AGENCY), token="t")
    accounts.add(Account("second-client", 3, kind=AccountKind.CLIENT, agency="agency"))
    accounts.add(Account("first-client", 2, kind=AccountKind.CLIENT, agency="agency"))
    assert [account.login for account in accounts.clients_of("agency")] == ["first-client", "second-client"]
    assert accounts.by_login("First.Client") == accounts.by_id(2)
    assert accounts.by_token("t") == accounts.by_login("agency")
    assert accounts.by_token("u") is None


def test_a_login_is_taken_once(store: Store) -> None:
    """A second account of a login is refused, as are a token and a change for nobody."""
    accounts = Accounts(store)
    accounts.add(Account("anna", 1))
    with pytest.raises(ValueError):
        accounts.add(Account("anna", 2))
    with pytest.raises(ValueError):
        accounts.grant("boris", "t")
    with pytest.raises(ValueError):
        accounts.update(Account("boris", 3))


@pytest.mark.parametrize("login", ["\ud800", "a\r\nb", "two words", "a\0", "a" * 256, "логин"])
def test_an_account_that_no_header_can_name_is_not_kept(store: Store, login: str) -> None:
    """A login that breaks the heads of HTTP, or the store itself, is refused before it is written."""
    accounts = Accounts(store)
    with pytest.raises(ConfigurationError, match="login: found"):
        accounts.add(Account(login, 1))
    assert list(accounts) == []


@pytest.mark.parametrize("token", ["", "\ud800", "a\r\nb", "two words", "a" * 4001])
def test_a_token_that_no_header_can_carry_is_not_kept(store: Store, token: str) -> None:
    """It is refused, without being shown, and so is the account that it was given with."""
    accounts = Accounts(store)
    with pytest.raises(ConfigurationError, match="token: ") as raised:
        accounts.add(Account("anna", 1), token=token)
    assert not token or token not in str(raised.value)
    assert list(accounts) == []


def test_a_file_is_its_owners_alone(tmp_path: Path) -> None:
    """A new store on disk can be read by its owner only; one that is there keeps its mode."""
    path = tmp_path / "kept.db"
    with closing(Store(path)):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o640)
    with closing(Store(path)):
        assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_shared_note_follows_every_change(tmp_path: Path) -> None:
    """A value that is decoded once is decoded again after it was set, here or elsewhere, rolled back or removed."""
    with closing(Store(tmp_path / "a.db")) as store, closing(Store(tmp_path / "a.db")) as other:
        assert store.shared_note("n") is None
        store.save(tmp_path / "empty.db")
        store.set_note("n", {"a": [1]})
        assert store.shared_note("n") == {"a": [1]}
        assert store.shared_note("n") is store.shared_note("n")
        with suppress(ZeroDivisionError), store.transaction():
            store.set_note("n", 2)
            assert store.shared_note("n") == 2
            raise ZeroDivisionError
        assert store.shared_note("n") == {"a": [1]}
        other.set_note("n", 3)
        assert store.shared_note("n") == 3
        store.load(tmp_path / "empty.db")
        assert store.shared_note("n") is None


def test_what_a_reader_does_to_an_account_changes_no_other(store: Store) -> None:
    """An account that is read is its reader's own, with its details."""
    accounts = Accounts(store)
    details, restrictions = {"Phone": "1", "Grants": [{"Value": "YES"}]}, {"ADS_TOTAL_PER_ADGROUP": 1}
    accounts.add(Account("anna", 1, details=details, restrictions=restrictions), "token")
    read = accounts.by_token("token")
    assert read is not None
    read.details["Grants"][0]["Value"] = "NO"
    read.restrictions.clear()
    assert accounts.by_token("token") == accounts.by_login("anna") == next(iter(accounts))
    assert accounts.by_login("anna") == Account("anna", 1, details=details, restrictions=restrictions)

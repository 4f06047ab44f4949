"""Each operation over SOAP and over JSON, asked of two equal emulators: equal answers, and equal emulators after."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from tests.interop import emulator_copies, plausible_params
from yadirect_soap import Direct
from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.model import Operation

# Keys and not operations, whose every type hypothesis would print with a failing example.
OPERATIONS = [operation.key for service in bundled().values() for operation in service.operations.values()]
FEW = settings(max_examples=settings().max_examples // 5)
"""Of each operation; all of them together make many."""

UNTIL_FOUND = settings(max_examples=500, phases=[Phase.generate], database=None)

ADVERTISER, CLIENT = "demo-advertiser", "demo-client-rub"


@dataclass(frozen=True)
class Pair:
    """Two emulators of which neither knows of the other, each asked over a wire of its own."""

    folder: Path
    soap: Direct
    json: Direct

    def call_result(self, operation: Operation, params: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
        """What the two answer."""
        soap, json = (
            emulator_copies.call_result(direct, operation.service, operation.name, params)
            for direct in (self.soap, self.json)
        )
        return soap, json

    def stored(self) -> tuple[Any, Any]:
        """What the two keep."""
        return emulator_copies.stored(self.folder / "soap.db"), emulator_copies.stored(self.folder / "json.db")


@contextmanager
def pair(seed: Path, folder: Path, **who: Any) -> Iterator[Pair]:
    """Two emulators on copies of a file."""
    with (
        emulator_copies.copied_emulator(seed, folder / "soap.db") as soap,
        emulator_copies.copied_emulator(seed, folder / "json.db") as json,
    ):
        yield Pair(
            folder,
            emulator_copies.client(soap, transport="soap", **who),
            emulator_copies.client(json, transport="json", **who),
        )


@pytest.fixture(scope="module")
def accounts(seed: Path, folder: Path) -> dict[str, plausible_params.Account]:
    """The accounts that are asked about, by login."""
    with emulator_copies.copied_emulator(seed, folder / "accounts.db") as emulator:
        return {login: plausible_params.Account(emulator, login) for login in (ADVERTISER, CLIENT)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the pairs of emulators are, one after the other."""
    return tmp_path_factory.mktemp("pairs")


def callers(operation: Operation) -> st.SearchStrategy[dict[str, Any]]:
    """Who may ask, as settings of a client: the advertiser, or the agency for itself or for a client of its."""
    agency = {"token": "demo-agency-token"}
    if operation.service == "agencyclients":
        return st.just(agency)
    return st.sampled_from([{}, {}, agency | {"client_login": CLIENT, "use_operator_units": True}])


@pytest.mark.parametrize("key", OPERATIONS)
@FEW
@given(data=st.data())
def test_both_wires_carry_the_same(
    key: str, data: st.DataObject, seed: Path, folder: Path, accounts: dict[str, plausible_params.Account]
) -> None:
    """Results, errors, units, request ids and what is kept are equal, whoever asks for whatever in any language."""
    operation = bundled().operation(*key.split("."))
    who = data.draw(callers(operation)) | {"language": data.draw(st.sampled_from(("en", "ru")))}
    params = data.draw(plausible_params.params(operation, accounts[who.get("client_login", ADVERTISER)]))
    with pair(seed, folder, **who) as both:
        soap, json = both.call_result(operation, params)
        assert soap == json
        assert soap.get("code") != 1000, "a mistake inside the emulator"
        soap, json = both.stored()
        assert soap == json


@pytest.mark.parametrize("key", OPERATIONS)
def test_the_wires_are_compared_in_success_too(
    key: str, seed: Path, folder: Path, accounts: dict[str, plausible_params.Account]
) -> None:
    """Among such params there are some that the emulator carries out."""
    operation = bundled().operation(*key.split("."))
    agency = operation.service == "agencyclients"

    def is_carried_out(params: Mapping[str, Any]) -> bool:
        with emulator_copies.copied_emulator(seed, folder / "single.db") as emulator:
            direct = emulator_copies.client(emulator, token="demo-agency-token" if agency else "demo-token")
            summary = emulator_copies.call_result(direct, operation.service, operation.name, params)
        outcomes = summary.get("outcomes", ())
        return any(outcome.ok for outcome in outcomes) if outcomes else bool(summary.get("result"))

    assert is_carried_out(
        find(plausible_params.params(operation, accounts[ADVERTISER]), is_carried_out, settings=UNTIL_FOUND)
    )

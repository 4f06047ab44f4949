"""Every operation of the contract answers over both wires: with a result, or with an error that the API has."""

from collections.abc import Iterator

import pytest

from tests.emulator.member_values import minimal
from yadirect_soap import ApiError, Direct
from yadirect_soap.client.settings import WireName
from yadirect_soap.emulator import Emulator
from yadirect_soap.emulator.fixtures.demo_accounts import ADVERTISER_TOKEN, AGENCY_TOKEN
from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.model import Operation

OPERATIONS = [operation for service in bundled().values() for operation in service.operations.values()]
WIRES: tuple[WireName, ...] = ("soap", "json")
NOT_SUPPORTED, UNKNOWN_OPERATION, MISTAKE = 3500, 55, 1000


@pytest.fixture(scope="module")
def emulator() -> Iterator[Emulator]:
    """An emulator with the demo accounts, whose state no test here depends on."""
    with Emulator() as emulator:
        yield emulator


def answer(direct: Direct, emulator: Emulator, operation: Operation) -> int:
    """The code of the error that refuses a request with what it must have; 0 for a result."""
    try:
        direct.call(operation.service, operation.name, minimal(emulator, operation.request))
    except ApiError as error:
        return error.code
    return 0


@pytest.mark.parametrize("operation", OPERATIONS, ids=[operation.key for operation in OPERATIONS])
def test_each_operation_is_carried_out(emulator: Emulator, operation: Operation) -> None:
    """No operation is unknown, unfinished or a mistake of the emulator, and both wires refuse alike; vcards is gone."""
    token = AGENCY_TOKEN if operation.service == "agencyclients" else ADVERTISER_TOKEN
    codes = []
    for wire in WIRES:
        direct = Direct(
            token, endpoint=emulator.endpoint, session=emulator.session(), transport=wire, retry=None, check="off"
        )
        codes.append(answer(direct, emulator, operation))
    assert codes[0] == codes[1]
    assert codes[0] not in {UNKNOWN_OPERATION, MISTAKE}
    assert (codes[0] == NOT_SUPPORTED) == (operation.service == "vcards")

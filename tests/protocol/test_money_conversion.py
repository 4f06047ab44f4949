"""Amounts as Decimal: every monetary member of every operation, both ways, and nothing else."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from tests.client.servers import QUERY, TOKEN, result, served
from yadirect_soap import Direct, InvalidParamsError
from yadirect_soap.errors import Violation
from yadirect_soap.protocol import facts
from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.model import Kind, Member, Shape
from yadirect_soap.protocol.money_conversion import params_to_micros, result_to_decimal
from yadirect_soap.protocol.wires import WIRES

FACTS = facts.bundled()
OPERATIONS = tuple(operation for service in bundled().values() for operation in service.operations.values())
UPDATE = bundled().operation("campaigns", "update")
GET = bundled().operation("campaigns", "get")


def _is_money(member: Member) -> bool:
    return FACTS.nature(member.owner, member.name) == "money"


def _filled(shape: Shape, *, money: object, number: object) -> dict[str, Any]:
    """An object with all its members: `money` wherever an amount belongs, `number` for all other scalars."""
    return {member.name: _value(member, money=money, number=number) for member in shape.members}


def _value(member: Member, *, money: object, number: object) -> Any:
    if member.shape.kind is Kind.OBJECT:
        value: Any = _filled(member.shape, money=money, number=number)
    else:
        value = money if _is_money(member) else number
    return [value] if member.many else value


def _members(shape: Shape) -> Iterator[Member]:
    for member in shape.members:
        yield member
        yield from _members(member.shape)


WITH_MONEY = [operation for operation in OPERATIONS if any(map(_is_money, _members(operation.request)))]
TELLING_MONEY = [operation for operation in OPERATIONS if any(map(_is_money, _members(operation.response)))]


def _key(operation: Any) -> str:
    return str(operation.key)


# --- every operation ------------------------------------------------------------------------------------------


def test_many_operations_deal_with_money() -> None:
    """Amounts are sent by 20 operations and told by 12, of which bids, budgets and balances are some."""
    assert {"bids.set", "campaigns.update", "keywords.add"} <= set(map(_key, WITH_MONEY))
    assert {"bids.get", "campaigns.get", "clients.get"} <= set(map(_key, TELLING_MONEY))
    assert (len(WITH_MONEY), len(TELLING_MONEY)) == (20, 12)


@pytest.mark.parametrize("operation", OPERATIONS, ids=_key)
def test_every_amount_is_sent_in_micros(operation: Any) -> None:
    """Every monetary member of an operation's params becomes micros, and every other stays as it is."""
    violations: list[Violation] = []
    params = _filled(operation.request, money=Decimal("1.50"), number=7)
    expected = _filled(operation.request, money=1_500_000, number=7)
    assert params_to_micros(params, operation.request, violations) == expected
    assert violations == []


@pytest.mark.parametrize("operation", OPERATIONS, ids=_key)
def test_every_amount_is_reported_as_a_decimal(operation: Any) -> None:
    """Every monetary member of an operation's result becomes a Decimal, and every other stays as it is."""
    result = _filled(operation.response, money=1_500_000, number=7)
    expected = _filled(operation.response, money=Decimal("1.50"), number=7)
    assert result_to_decimal(result, operation.response) == expected


@pytest.mark.parametrize("operation", WITH_MONEY, ids=_key)
def test_every_wrong_amount_is_complained_of(operation: Any) -> None:
    """Every monetary member that is a float is complained of, and no other member."""
    violations: list[Violation] = []
    params_to_micros(_filled(operation.request, money=1.5, number=1.5), operation.request, violations)
    assert len(violations) == sum(_is_money(member) for member in _members(operation.request))


@pytest.mark.parametrize("operation", [*WITH_MONEY, *TELLING_MONEY], ids=_key)
def test_none_is_no_amount(operation: Any) -> None:
    """None clears an amount, and stays None both ways."""
    params, result = (_filled(shape, money=None, number=None) for shape in (operation.request, operation.response))
    assert params_to_micros(params, operation.request, []) == params
    assert result_to_decimal(result, operation.response) == result


# --- values ---------------------------------------------------------------------------------------------------


def _campaign(**members: Any) -> dict[str, Any]:
    return {"Campaigns": [{"Id": 1, **members}]}


@pytest.mark.parametrize(
    ("amount", "micros"),
    [
        (Decimal("300.5"), 300_500_000),
        ("300.50", 300_500_000),
        (300, 300_000_000),
        (Decimal("0.01"), 10_000),
        (0, 0),
        (Decimal("1E+2"), 100_000_000),
        (None, None),
    ],
    ids=["Decimal", "text", "int", "kopeck", "zero", "exponent", "None"],
)
def test_an_amount_is_in_currency_units(amount: object, micros: int | None) -> None:
    """A Decimal, a text or an int means currency units, and is sent as micros exactly."""
    params = _campaign(DailyBudget={"Amount": amount, "Mode": "STANDARD"})
    sent = params_to_micros(params, UPDATE.request, [])
    assert sent == _campaign(DailyBudget={"Amount": micros, "Mode": "STANDARD"})


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (300.5, "300.5 (float), expected an amount"),
        (Decimal("0.001"), "more than 2 decimals"),
        ("many", "not an amount: 'many'"),
        (True, "True (bool), expected an amount"),
        (Decimal("NaN"), "not an amount"),
        (Decimal("1E+30"), "not an amount"),
        (10**13, "does not fit into 64 bits"),
        ([300], "a list, expected an amount"),
        ({"Amount": 300}, "an object, expected an amount"),
    ],
    ids=["float", "decimals", "text", "bool", "NaN", "enormous", "more than 64 bits", "list", "object"],
)
@pytest.mark.parametrize("check", ["error", "warn", "off"])
def test_what_is_no_amount_is_never_sent(check: str, amount: object, words: str) -> None:
    """What is no exact amount is refused with its path, however the params are checked."""
    with served(result("campaigns.update", {}), money="decimal", check=check) as (server, direct):
        with pytest.raises(InvalidParamsError) as raised:
            direct.campaigns.update(**_campaign(DailyBudget={"Amount": amount, "Mode": "STANDARD"}))
        assert server.received == []
    assert raised.value.violations[0].path == "$.Campaigns[0].DailyBudget.Amount"
    assert words in str(raised.value)


def test_all_complaints_come_at_once() -> None:
    """Wrong amounts and whatever else is wrong are reported together."""
    params = _campaign(DailyBudget={"Amount": 1.5, "Mode": "FAST"}, Odd=1)
    with Direct(TOKEN, money="decimal") as direct, pytest.raises(InvalidParamsError) as raised:
        direct.campaigns.update(**params)
    assert [violation.path for violation in raised.value.violations] == [
        "$.Campaigns[0].DailyBudget.Amount",
        "$.Campaigns[0].DailyBudget.Mode",
        "$.Campaigns[0].Odd",
    ]


def test_what_is_scaled_but_no_money_is_left_alone() -> None:
    """RoiCoef and Profitability are in millionths as money is, and stay integers both ways."""
    strategy = {"AverageRoi": {"RoiCoef": 1_500_000, "Profitability": 20_000_000, "WeeklySpendLimit": "500"}}
    params = _campaign(TextCampaign={"BiddingStrategy": {"Search": strategy}})
    sent = params_to_micros(params, UPDATE.request, [])["Campaigns"][0]["TextCampaign"]["BiddingStrategy"]["Search"]
    assert sent["AverageRoi"] == strategy["AverageRoi"] | {"WeeklySpendLimit": 500_000_000}
    result = result_to_decimal(
        _campaign(TextCampaign={"BiddingStrategy": {"Search": sent}}),
        GET.response,
    )["Campaigns"][0]["TextCampaign"]["BiddingStrategy"]["Search"]
    assert result["AverageRoi"] == strategy["AverageRoi"] | {"WeeklySpendLimit": Decimal("500.00")}


def test_params_are_not_changed_in_place() -> None:
    """The caller's params are the same after a call."""
    params = _campaign(DailyBudget={"Amount": Decimal("300"), "Mode": "STANDARD"})
    assert params_to_micros(params, UPDATE.request, []) != params
    assert params["Campaigns"][0]["DailyBudget"]["Amount"] == Decimal("300")


def test_the_unknown_is_left_alone() -> None:
    """What the contract does not know is no money, whatever its name."""
    params = _campaign(Amount=7, New={"Amount": 7})
    assert params_to_micros(params, UPDATE.request, []) == params
    assert result_to_decimal(params, GET.response) == params


# --- calls ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("wire", WIRES)
def test_amounts_are_micros_on_the_wire(wire: str) -> None:
    """With money="decimal" the caller writes and reads currency units, and the wire carries micros."""
    step = result("campaigns.get", _campaign(DailyBudget={"Amount": 300_500_000, "Mode": "STANDARD"}), wire=wire)
    updated = result("campaigns.update", {"UpdateResults": [{"Id": 1}]}, wire=wire)
    with served(step, updated, transport=wire, money="decimal") as (server, direct):
        campaign = direct.campaigns.get(**QUERY)[0]
        budget = campaign["DailyBudget"]
        assert budget is not None
        assert budget["Amount"] == Decimal("300.50")
        assert str(budget["Amount"]) == "300.50"
        direct.call("campaigns", "update", {"Campaigns": [campaign]})
        assert b"300500000" in server.received[1].body


def test_amounts_are_integers_unless_asked_otherwise() -> None:
    """Without money="decimal" amounts are the API's integers both ways."""
    campaign = _campaign(DailyBudget={"Amount": 300_500_000, "Mode": "STANDARD"})
    with served(result("campaigns.get", campaign)) as (_, direct):
        assert direct.campaigns.get(**QUERY) == campaign["Campaigns"]
        with pytest.raises(InvalidParamsError):
            direct.campaigns.update(**_campaign(DailyBudget={"Amount": Decimal("300.5"), "Mode": "STANDARD"}))


def test_the_raw_message_keeps_its_micros() -> None:
    """The raw message of a result with Decimal amounts is as it came."""
    step = result("campaigns.get", _campaign(DailyBudget={"Amount": 300_500_000, "Mode": "STANDARD"}))
    with served(step, money="decimal") as (_, direct):
        assert b"<Amount>300500000</Amount>" in direct.campaigns.get(**QUERY).raw.body


def test_outcomes_are_counted_with_amounts_too() -> None:
    """With money="decimal" the outcomes still know how many items were sent."""
    updated = result("campaigns.update", {"UpdateResults": [{"Id": 1}]})
    budget = {"Amount": "300", "Mode": "STANDARD"}
    with served(updated, money="decimal") as (_, direct):
        assert direct.campaigns.update(**_campaign(DailyBudget=budget)).sent == 1

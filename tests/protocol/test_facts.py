"""The facts against the descriptions: every operation and every number is decided on, and nothing is made up.

Operations and numbers are read from wsdl/ by lxml and not by the package's own reader; only how criteria and items
are put together comes from the contract.
"""

import re
from collections.abc import Iterator
from dataclasses import FrozenInstanceError
from pathlib import Path
from typing import NamedTuple

import pytest
from lxml import etree

from yadirect_soap.protocol import facts
from yadirect_soap.protocol.contract import bundled, bundled_directory
from yadirect_soap.protocol.facts import Cost
from yadirect_soap.protocol.model import Kind, Shape

XSD = "{http://www.w3.org/2001/XMLSchema}"
WSDL = "{http://schemas.xmlsoap.org/wsdl/}"
FACTS = facts.bundled()


class Number(NamedTuple):
    """A long or an int that a schema declares."""

    owner: str
    name: str
    scalar: str

    def __str__(self) -> str:
        return f"{self.owner}.{self.name}"


def _files() -> list[Path]:
    # The schema of reports describes no operation, and its amounts are text.
    files = [*bundled_directory().glob("*.wsdl"), *bundled_directory().glob("*.xsd")]
    return sorted(path for path in files if path.name != "reports.xsd")


def _operations(path: Path) -> Iterator[str]:
    for operation in etree.parse(path).iterfind(f".//{WSDL}portType/{WSDL}operation"):
        yield f"{path.stem}.{operation.get('name')}"


def _numbers(path: Path) -> Iterator[Number]:
    for schema in etree.parse(path).iter(f"{XSD}schema"):
        space = schema.get("targetNamespace", "").rpartition("/")[2]
        for declaration in schema:
            for element in declaration.iterdescendants(f"{XSD}element"):
                prefix, _, scalar = element.get("type", "").rpartition(":")
                if scalar in {"long", "int"} and f"{{{element.nsmap[prefix or None]}}}" == XSD:
                    yield Number(f"{space}:{declaration.get('name')}", element.get("name", ""), scalar)


def _values(path: Path, enumeration: str) -> list[str]:
    elements = etree.parse(path).iterfind(f".//{XSD}simpleType[@name='{enumeration}']//{XSD}enumeration")
    return [value.get("value", "") for value in elements]


FILES = _files()
OPERATIONS = tuple(sorted(key for path in FILES if path.suffix == ".wsdl" for key in _operations(path)))
NUMBERS = tuple(number for path in FILES for number in _numbers(path))
READS = tuple(key for key in OPERATIONS if FACTS.is_read(*key.split(".")))
WRITES = tuple(key for key in OPERATIONS if key not in READS)
CURRENCIES = _values(bundled_directory() / "general.xsd", "CurrencyEnum")
PRICE_CURRENCIES = _values(bundled_directory() / "ads.wsdl", "PriceCurrencyEnum")


def _params(key: str) -> Shape:
    service, name = key.split(".")
    return bundled().operation(service, name).request


def _criteria(key: str) -> set[str]:
    return set(_params(key).by_name["SelectionCriteria"].shape.by_name)


def _objects(key: str) -> set[str]:
    """The members of what an operation takes a list of, or its own lists where it takes bare ids."""
    params = _params(key)
    items = {name for member in params.members if member.many for name in member.shape.by_name}
    return items | set(params.by_name)


def test_the_descriptions_are_read_whole() -> None:
    """The 29 services declare 112 operations, and their schemas 630 longs and ints."""
    assert (len(OPERATIONS), len(NUMBERS)) == (112, 630)


# --- reads ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["ads.get", "dictionaries.getGeoRegions", "changes.check", "Ads.get"])
def test_a_read_may_be_repeated(key: str) -> None:
    """Every get and every check is a read, however its service is spelt."""
    assert FACTS.is_read(*key.split("."))


@pytest.mark.parametrize("key", ["ads.add", "bids.setAuto", "ads.moderate", "agencyclients.addPassportOrganization"])
def test_a_write_is_no_read(key: str) -> None:
    """What creates, changes or moderates is not a read."""
    assert not FACTS.is_read(*key.split("."))


def test_an_unknown_operation_is_no_read() -> None:
    """An operation that the facts do not know is not repeated."""
    assert not FACTS.is_read("ads", "translate")


def test_every_operation_named_a_read_exists() -> None:
    """No name in the list of reads is one that no service has."""
    assert {key.split(".")[1] for key in READS} == FACTS.reads


def test_reads_and_writes_are_distinguished() -> None:
    """Of the 112 operations, 33 read: 27 gets, a search of regions, three checks and two kinds of research."""
    assert (len(READS), len(WRITES)) == (33, 79)


# --- days and moments ---------------------------------------------------------------------------------------------


def test_every_day_and_moment_in_an_answer_is_known() -> None:
    """Each text in an answer whose name tells a day or a moment is in one of the tables."""
    operations = [operation for service in bundled().values() for operation in service.operations.values()]
    names = {name for operation in operations for name in _texts(operation.response)}
    dated = {name for name in names if re.search(r"Date$|At$|stamp$|^CreateTime$", name)}
    assert dated <= FACTS.result_days | FACTS.result_moments
    assert FACTS.result_days | FACTS.result_moments <= dated | FACTS.days | FACTS.moments


def _texts(shape: Shape, depth: int = 6) -> set[str]:
    names = {member.name for member in shape.members if member.shape.kind is Kind.STRING}
    return names.union(*(_texts(member.shape, depth - 1) for member in shape.members if depth))


# --- objects per call -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", WRITES)
def test_every_write_has_a_limit(key: str) -> None:
    """Every operation that changes something tells how many objects one call takes."""
    assert FACTS.limit(key) >= 1


def test_every_limit_is_of_an_operation() -> None:
    """No limit is given to an operation that does not exist."""
    assert set(FACTS.limits) <= set(OPERATIONS)


@pytest.mark.parametrize("key", [key for key in FACTS.limits if FACTS.limits_by(key)])
def test_a_limit_hangs_on_members_that_exist(key: str) -> None:
    """Each member by which objects are counted is one of the objects' own."""
    assert set(FACTS.limits_by(key)) <= _objects(key)


@pytest.mark.parametrize(
    ("key", "limit"),
    [
        ("ads.add", 1000),
        ("ads.delete", 10_000),
        ("adextensions.delete", 10_000),
        ("strategies.archive", 10_000),
        ("campaigns.update", 10),
        ("bids.set", 10_000),
    ],
    ids=["thousand", "ids", "callouts", "strategies", "campaigns", "largest of three"],
)
def test_limits_are_the_documented_ones(key: str, limit: int) -> None:
    """A limit is the documented number, and the largest of them where there are several."""
    assert FACTS.limit(key) == limit


def test_a_limit_may_hang_on_how_objects_are_named() -> None:
    """Bids can be set for 10 campaigns, or 1000 groups, or 10,000 keywords."""
    assert FACTS.limits_by("bids.set") == {"CampaignId": 10, "AdGroupId": 1000, "KeywordId": 10_000}


def test_one_limit_hangs_on_nothing() -> None:
    """Where objects are named in one way only, there are no limits by member."""
    assert FACTS.limits_by("ads.add") == {}


def test_a_guessed_limit_says_so() -> None:
    """A documented limit is not among the assumed ones, and a guessed one is."""
    assert ("ads.add" in FACTS.assumed_limits, "strategies.add" in FACTS.assumed_limits) == (False, True)


def test_a_get_has_no_limit_of_objects() -> None:
    """A get names no objects to act on, so asking for its limit is a KeyError."""
    with pytest.raises(KeyError):
        FACTS.limit("ads.get")


# --- criteria and pages ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", FACTS.criteria)
def test_limited_criteria_exist(key: str) -> None:
    """Every limited criterion is a member of the SelectionCriteria of its get."""
    assert set(FACTS.criteria[key]) <= _criteria(key)


@pytest.mark.parametrize("key", FACTS.any_of)
def test_required_criteria_exist(key: str) -> None:
    """Every criterion of which one must be given is a member of the SelectionCriteria of its get."""
    assert FACTS.required_criteria(key) <= _criteria(key)


def test_a_criterion_is_limited() -> None:
    """Ads can be asked for by no more than ten campaigns."""
    assert FACTS.criteria_limit("ads.get", "CampaignIds") == 10


@pytest.mark.parametrize(("key", "member"), [("ads.get", "States"), ("turbopages.get", "Ids")])
def test_a_criterion_may_be_unlimited(key: str, member: str) -> None:
    """A criterion without a known bound has none."""
    assert FACTS.criteria_limit(key, member) is None


def test_adjustments_are_asked_for_by_what_they_are_of() -> None:
    """Levels alone do not select bid adjustments: one of three lists of ids is needed beside them."""
    assert FACTS.required_criteria("bidmodifiers.get") == {"CampaignIds", "AdGroupIds", "Ids"}


def test_criteria_may_be_left_out() -> None:
    """Campaigns can be asked for without any criterion."""
    assert FACTS.required_criteria("campaigns.get") == frozenset()


def test_pages_are_limited() -> None:
    """A page holds 10,000 objects, and only bid adjustments cannot be paged to any depth."""
    depths = {key: FACTS.page_depth(key) for key in OPERATIONS if FACTS.page_depth(key) is not None}
    assert (FACTS.page_size, depths) == (10_000, {"bidmodifiers.get": 120_000})


# --- points ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", OPERATIONS)
def test_every_operation_has_a_cost(key: str) -> None:
    """Every operation costs at least a point for the call, and counts objects by one or more."""
    cost = FACTS.cost(key)
    assert cost.call >= 1
    assert cost.object >= 0
    assert cost.per >= 1


def test_every_cost_is_of_an_operation() -> None:
    """No cost is given to an operation that does not exist, and none is known and guessed at once."""
    assert set(FACTS.costs) == set(OPERATIONS)


@pytest.mark.parametrize(
    ("key", "fields", "cost"),
    [
        ("ads.get", (), Cost(15, 1)),
        ("ads.add", (), Cost(20, 20)),
        ("bids.get", (), Cost(15, 3, per=2000)),
        ("keywords.get", ("Id", "Keyword"), Cost(15, 1, per=2000)),
        ("keywords.get", ("Id", "StatisticsSearch"), Cost(15, 3, per=2000)),
        ("agencyclients.get", (), Cost(10, 1)),
        ("smartadtargets.setBids", (), Cost(10, 0)),
        ("bidmodifiers.delete", (), Cost(15, 0, failed_object=0)),
    ],
    ids=["get", "add", "by thousands", "plain fields", "dear fields", "clients", "filters", "free failure"],
)
def test_costs_are_the_documented_ones(key: str, fields: tuple[str, ...], cost: Cost) -> None:
    """A cost is the documented one, or what recorded calls paid."""
    assert FACTS.cost(key, fields) == cost


def test_errors_cost_points() -> None:
    """What cannot be read costs 50 points, a refused call 20 more than the call, a failed object 20."""
    cost = FACTS.cost("ads.add")
    assert (cost.failed_request, cost.failed_call, cost.failed_object) == (50, 20, 20)


def test_a_guessed_cost_says_so() -> None:
    """A recorded cost is not among the assumed ones, and a guessed one is."""
    assert ("ads.add" in FACTS.assumed_costs, "strategies.get" in FACTS.assumed_costs) == (False, True)


def test_dear_fields_exist() -> None:
    """Every field that makes an operation dearer can be asked for."""
    wrong = {key: dear - _fields(key) for key, (dear, _) in FACTS.costs_with.items() if dear - _fields(key)}
    assert wrong == {}


def _fields(key: str) -> frozenset[str]:
    return _params(key).by_name["FieldNames"].shape.value_set


# --- money ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", NUMBERS, ids=str)
def test_every_number_is_decided_on(number: Number) -> None:
    """Every long and int of the schemas is money, scaled without being money, or a mere number."""
    assert FACTS.nature(number.owner, number.name) is not None


@pytest.mark.parametrize("qualified_type", FACTS.money)
def test_money_is_a_long_that_exists(qualified_type: str) -> None:
    """Every member given as money is declared by that very type, as a long."""
    declared = {number.name for number in NUMBERS if (number.owner, number.scalar) == (qualified_type, "long")}
    assert FACTS.money_members(qualified_type) - declared == set()


@pytest.mark.parametrize("qualified_type", FACTS.scaled)
def test_a_scaled_number_is_a_long_that_exists(qualified_type: str) -> None:
    """Every member given as scaled is declared by that very type, as a long."""
    declared = {number.name for number in NUMBERS if (number.owner, number.scalar) == (qualified_type, "long")}
    assert FACTS.scaled[qualified_type] - declared == set()


@pytest.mark.parametrize(
    "number", [number for number in NUMBERS if FACTS.nature(number.owner, number.name) != "number"], ids=str
)
def test_no_number_is_decided_on_twice(number: Number) -> None:
    """What is money or scaled is not also named among the mere numbers."""
    assert number.name not in FACTS.number_names
    assert str(number) not in FACTS.number_names
    assert not number.name.endswith(FACTS.number_endings)


def test_every_mere_number_exists() -> None:
    """No name is kept among the mere numbers that no schema declares any more."""
    declared = {number.name for number in NUMBERS} | {str(number) for number in NUMBERS}
    assert FACTS.number_names - declared == set()


@pytest.mark.parametrize("name", sorted({name for names in FACTS.money.values() for name in names}))
def test_a_name_means_money_wherever_it_is_a_long(name: str) -> None:
    """A member that is money in one type is money in every type that declares it as a long."""
    natures = {FACTS.nature(number.owner, name) for number in NUMBERS if (number.name, number.scalar) == (name, "long")}
    assert natures == {"money"}


@pytest.mark.parametrize(
    ("qualified_type", "member"),
    [
        ("campaigns:DailyBudget", "Amount"),
        ("ads:PriceExtensionAddItem", "OldPrice"),
        ("campaigns:PriorityGoalsItem", "Value"),
        ("campaigns:SharedAccountFundsParam", "Spend"),
        ("generalclients:BonusesItem", "AwaitingBonusWithoutNds"),
        ("keywordbids:SearchByTrafficVolume", "BidCeiling"),
        ("bids:BidGetItem", "CompetitorsBids"),
        ("strategies:ExplorationBudget", "MinimumExplorationBudget"),
    ],
)
def test_amounts_are_money(qualified_type: str, member: str) -> None:
    """Budgets, prices, bids, balances, bonuses and the worth of a conversion are money."""
    assert FACTS.nature(qualified_type, member) == "money"
    assert member in FACTS.money_members(qualified_type)


@pytest.mark.parametrize("member", ["RoiCoef", "Profitability"])
@pytest.mark.parametrize("qualified_type", ["campaigns:StrategyAverageRoi", "campaigns:StrategyAverageRoiAdd"])
def test_ratios_are_scaled_and_not_money(qualified_type: str, member: str) -> None:
    """The return on investment and its share are in millionths, but no money."""
    assert FACTS.nature(qualified_type, member) == "scaled"
    assert member not in FACTS.money_members(qualified_type)


@pytest.mark.parametrize(
    ("qualified_type", "member"),
    [
        ("campaigns:StrategyAverageRoi", "ReserveReturn"),
        ("campaigns:EmailSettings", "WarningBalance"),
        ("bidmodifiers:MobileAdjustmentGet", "BidModifier"),
        ("generalclients:ClientRestrictionItem", "Value"),
        ("keywordsresearch:DeduplicateRequestItem", "Weight"),
        ("campaigns:StrategyAverageCpa", "GoalId"),
        ("general:ArrayOfLong", "Items"),
    ],
)
def test_percentages_counts_and_ids_are_not_money(qualified_type: str, member: str) -> None:
    """Percentages, quantities, weights and identifiers are mere numbers."""
    assert FACTS.nature(qualified_type, member) == "number"


def test_a_new_number_is_undecided() -> None:
    """A number that no table knows is neither money nor anything else until somebody decides."""
    assert FACTS.nature("campaigns:StrategyAverageRoi", "AverageCpx") is None


# --- currencies, withdrawn operations, pages ------------------------------------------------------------------


@pytest.mark.parametrize("currency", sorted({*CURRENCIES, *PRICE_CURRENCIES}))
def test_every_currency_has_its_decimals(currency: str) -> None:
    """Every currency of the descriptions has two decimals, and is named."""
    assert FACTS.decimals[currency] == FACTS.precision(currency) == 2


def test_an_unknown_currency_has_the_usual_decimals() -> None:
    """A currency that the descriptions do not know has two decimals, as all have."""
    assert FACTS.precision("AED") == FACTS.precision() == 2


@pytest.mark.parametrize("key", FACTS.withdrawals)
def test_gone_operations_are_not_described(key: str) -> None:
    """A withdrawn operation is gone exactly when no description has it."""
    assert FACTS.withdrawals[key].removed == (key not in OPERATIONS)


def test_an_operation_by_permission_is_known() -> None:
    """Registering a client takes a permission: without it error 3001."""
    withdrawn = FACTS.withdrawn("agencyclients.add")
    assert withdrawn is not None
    assert (withdrawn.code, withdrawn.removed) == (3001, False)


def test_an_ordinary_operation_is_not_withdrawn() -> None:
    """Most operations are not withdrawn."""
    assert FACTS.withdrawn("ads.add") is None


def test_every_service_has_a_page() -> None:
    """Each service, and nothing else, has the address of its documentation, whatever its spelling."""
    services = {path.stem for path in FILES if path.suffix == ".wsdl"}
    assert set(FACTS.pages) == services
    assert FACTS.page("AdGroups") == "https://yandex.ru/dev/direct/doc/en/adgroups/adgroups"


@pytest.mark.parametrize("service", FACTS.pages)
def test_a_page_is_in_the_documentation(service: str) -> None:
    """The address of a service's page is under the documentation's and names the service."""
    page = FACTS.page(service)
    assert page.startswith("https://yandex.ru/dev/direct/doc/")
    assert page.removesuffix(".html").endswith(f"/{service}/{service}")


# --- the record -----------------------------------------------------------------------------------------------


def test_the_facts_are_read_once() -> None:
    """All who ask get the same record."""
    assert facts.bundled() is FACTS


def test_the_facts_cannot_be_changed() -> None:
    """Neither the record nor its tables can be written to."""
    with pytest.raises(FrozenInstanceError):
        FACTS.page_size = 1  # type: ignore[misc]  # that it cannot be done is what is tested
    with pytest.raises(TypeError):
        FACTS.costs["ads.get"] = Cost(0, 0)  # type: ignore[index]  # the same


def test_an_odd_text_is_refused() -> None:
    """A text that lacks a table is a KeyError and never a record with holes."""
    with pytest.raises(KeyError):
        facts.from_toml("[reads]\noperations = []\nexcept = []\n")

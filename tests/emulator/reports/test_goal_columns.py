"""Goals and attribution models as columns: which, in which order, and that each is about its own goal and model."""

from decimal import ROUND_HALF_UP, Decimal
from itertools import permutations, product
from typing import Any

import pytest

from tests.emulator.emulator_client import EmulatorClient
from yadirect_soap.protocol.reports import facts

FACTS = facts.bundled()
GOALS = ("12345", "30000001", "77")
"""One with a value of a campaign's own, a counter's, and one that no campaign names."""
MODELS = FACTS.attribution_models
FIELDS = (
    "CampaignId",
    "Conversions",
    "Clicks",
    "ConversionRate",
    "CostPerConversion",
    "Cost",
    "GoalsRoi",
    "Revenue",
    "Impressions",
)


@pytest.mark.parametrize("report", FACTS.report_types)
def test_each_field_of_goals_is_a_column_for_each_goal_and_model(shared_client: EmulatorClient, report: str) -> None:
    """In every type of report: in the place of the field, goal by goal, and for each goal model by model."""
    names = [name for name in FIELDS if report in FACTS.fields[name].roles]
    rows = shared_client.report(" ".join(names), report, Goals=list(GOALS), AttributionModels=list(MODELS))
    expected = []
    for name in names:
        several = [f"{name}_{goal}_{model}" for goal, model in product(GOALS, MODELS)]
        expected += several if name in FACTS.goal_fields else [name]
    assert list(rows[0]) == expected
    assert len(expected) == len(names) + 5 * (len(GOALS) * len(MODELS) - 1)


@pytest.mark.parametrize("goals", list(permutations(GOALS)), ids=", ".join)
def test_a_column_is_about_its_goal_wherever_it_stands(shared_client: EmulatorClient, goals: tuple[str, ...]) -> None:
    """Whatever else is asked for and in which order, a column has the values that it has alone."""
    together = shared_client.report(" ".join(FIELDS), Goals=list(goals), AttributionModels=["AUTO", "LC"])
    assert together
    for goal, model in product(goals, ("AUTO", "LC")):
        alone = shared_client.report(" ".join(FIELDS), Goals=[goal], AttributionModels=[model])
        assert alone == [{name: row[name] for name in alone[0]} for row in together]


def test_ratios_of_a_goal_are_of_its_own_conversions(shared_client: EmulatorClient) -> None:
    """ConversionRate, CostPerConversion and GoalsRoi follow from the columns of the same goal and model."""
    definition = shared_client.definition(" ".join(FIELDS), Goals=list(GOALS), AttributionModels=list(MODELS))
    rows = shared_client.report_rows(definition, returnMoneyInMicros="false")
    for row, goal, model in product(rows, GOALS, MODELS):
        own = {name: row[f"{name}_{goal}_{model}"] for name in FACTS.goal_fields}
        conversions, revenue = own["Conversions"], own["Revenue"]
        assert (conversions is None) == (revenue is None)
        if conversions is None:
            assert set(own.values()) == {None}
            continue
        assert own["ConversionRate"] == _ratio(100 * conversions, row["Clicks"])
        assert own["CostPerConversion"] == _ratio(row["Cost"], conversions)
        assert own["GoalsRoi"] == _ratio(revenue - row["Cost"], row["Cost"])
    assert any(row[f"Conversions_12345_{model}"] for row in rows for model in MODELS)


@pytest.mark.parametrize(("old", "new"), FACTS.obsolete_models.items(), ids=FACTS.obsolete_models)
def test_an_obsolete_model_is_the_one_that_replaced_it(shared_client: EmulatorClient, old: str, new: str) -> None:
    """It has the column of the other model, which is there once when both are asked for."""
    members = {
        models: shared_client.report("CampaignId Conversions", Goals=["12345"], AttributionModels=list(models))
        for models in ((old,), (new,), (old, new))
    }
    assert members[(old,)] == members[(new,)] == members[(old, new)]
    assert list(members[(old,)][0]) == ["CampaignId", f"Conversions_12345_{new}"]


@pytest.mark.parametrize("name", sorted(FACTS.goal_fields))
def test_rows_are_filtered_and_sorted_by_all_the_goals_asked_for(shared_client: EmulatorClient, name: str) -> None:
    """A filter on a field of goals, and an order by it, go by the goals together, and by the first of the models."""
    members: dict[str, Any] = {"Goals": ["12345", "30000001"], "AttributionModels": ["FCCD", "LC"]}
    whole = shared_client.report("AdId Conversions Revenue Cost Clicks", **members)
    up = shared_client.report("AdId Conversions Revenue Cost Clicks", OrderBy=[{"Field": name}], **members)
    assert up != whole
    key = [_together(name, row) for row in up]
    present = [value for value in key if value is not None]
    assert key == [None] * (len(key) - len(present)) + sorted(present)
    middle = present[len(present) // 2]
    text = format(middle, "f") if isinstance(middle, Decimal) else str(middle)
    filtered = shared_client.report(
        "AdId Conversions Revenue Cost Clicks", "CUSTOM_REPORT", (name, "GREATER_THAN", text), **members
    )
    assert filtered == [row for row in whole if (value := _together(name, row)) is not None and value > middle]


def _together(name: str, row: dict[str, int | None]) -> Decimal | int | None:
    """What a field of goals comes to in a row for both goals by the first model."""
    columns = [[row[f"{part}_{goal}_FCCD"] for goal in ("12345", "30000001")] for part in ("Conversions", "Revenue")]
    if all(value is None for value in columns[0]):
        return None
    conversions, revenue = (sum(value or 0 for value in values) for values in columns)
    cost, clicks = row["Cost"] or 0, row["Clicks"] or 0
    cents = _ratio(cost, 10_000 * conversions, "1")
    return {
        "Conversions": conversions,
        "Revenue": revenue,
        "ConversionRate": _ratio(100 * conversions, clicks),
        "CostPerConversion": None if cents is None else int(cents) * 10_000,
        "GoalsRoi": _ratio(revenue - cost, cost),
    }[name]


def _ratio(above: Decimal | int, below: Decimal | int, step: str = "0.01") -> Decimal | None:
    return (Decimal(above) / Decimal(below)).quantize(Decimal(step), ROUND_HALF_UP) if below else None

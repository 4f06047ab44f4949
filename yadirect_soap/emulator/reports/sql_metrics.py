"""Every metric of a report as an expression of SQL over the events, in whole numbers.

Amounts are in micros, quotients in whole cents, ratios and percentages in hundredths.  A metric that an event does not
hold is a share of one that it holds, rounded by the event's random bits; so a part never exceeds its whole in any row.

Money and VAT: https://yandex.com/dev/direct/doc/en/reports/money
ConversionRate is of clicks: https://yandex.ru/blog/ya-direct-api/modeli-atributsii-i-tseli-v-reports
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from .audience import SEARCHING
from .goals import MODELS, Goal, goal_bits
from .random_events import CENT


def ratio(numerator: int | None, denominator: int | None, step: int = 1) -> int | None:
    """Returns a quotient to the nearest multiple of `step`, halves away from zero; None without a value.  For SQL."""
    if numerator is None or not denominator:
        return None
    doubled, unit = 2 * abs(numerator), denominator * step
    quotient = (doubled + unit) // (2 * unit) * step
    return quotient if numerator >= 0 else -quotient


def _draw(salt: int) -> str:
    """Sixteen of an event's random bits; each odd salt below 2**16 gives other ones."""
    return f"((chance * {salt} >> 12) & 65535)"


def _share(count: str, rate: int, salt: int) -> str:
    """Returns a share of a count; the rate is in 65536ths."""
    return f"(({count}) * {rate} + {_draw(salt)} >> 16)"


_SEARCH = f"viewer < {SEARCHING}"
_SESSIONS = _share("clicks", 61_000, 40_503)
_BOUNCES = _share(_SESSIONS, 13_500, 51_749)
_PAGEVIEWS = f"({_SESSIONS} * (100 + {_draw(45_127)} % 500) / 100)"
_POSITION = f"(100 + {_draw(38_651)} % 400)"
_VOLUME = f"CASE WHEN {_SEARCH} THEN 5 + {_draw(60_497)} % 146 ELSE 100 END"
_BID = f"(cost + (cost * ({_draw(35_099)} % 20000) >> 16))"
_REACH = f"max(1, {_share('impressions', 42_000, 48_869)})"
_VIEWS = f"CASE WHEN source.AdFormat = 'VIDEO' THEN {_share('impressions', 52_000, 33_893)} END"
_QUARTERS = ("VideoFirstQuartile", "VideoMidpoint", "VideoThirdQuartile", "VideoComplete")


def _over_search(count: str, value: str) -> str:
    """Returns the mean of a value in hundredths, weighted by a count, in search results."""
    return f"ratio(sum(CASE WHEN {_SEARCH} THEN {count} * {value} END), sum(CASE WHEN {_SEARCH} THEN {count} END), 1)"


def _percent(part: str, whole: str) -> str:
    return f"ratio(10000 * {part}, {whole}, 1)"


def _video() -> dict[str, str]:
    """Returns the metrics of videos: most viewers of one quarter see the next one."""
    metrics, views = {"VideoViews": f"sum({_VIEWS})"}, _VIEWS
    metrics["VideoViewsRate"] = _percent(metrics["VideoViews"], "sum(impressions)")
    for salt, name in zip((33_331, 34_807, 36_251, 37_813), _QUARTERS, strict=True):
        views = _share(views, 54_000, salt)
        metrics[name] = f"sum({views})"
        metrics[f"{name}Rate"] = _percent(metrics[name], metrics["VideoViews"])
    return metrics


_PLAIN: Mapping[str, str] = MappingProxyType(
    {
        "Impressions": "sum(impressions)",
        "Clicks": "sum(clicks)",
        "Ctr": _percent("sum(clicks)", "sum(impressions)"),
        "AvgImpressionPosition": _over_search("impressions", _POSITION),
        "AvgClickPosition": _over_search("clicks", _POSITION),
        "AvgTrafficVolume": _over_search("impressions", f"100 * {_VOLUME}"),
        "WeightedImpressions": f"sum(impressions * {_VOLUME})",
        "WeightedCtr": f"ratio(1000000 * sum(clicks), sum(impressions * {_VOLUME}), 1)",
        "Sessions": f"sum({_SESSIONS})",
        "Bounces": f"sum({_BOUNCES})",
        "BounceRate": _percent(f"sum({_BOUNCES})", f"sum({_SESSIONS})"),
        "AvgPageviews": f"ratio(100 * sum({_PAGEVIEWS}), sum({_SESSIONS}), 1)",
        "ImpressionShare": _percent("sum(impressions)", f"sum(impressions + (impressions * {_draw(52_361)} >> 15))"),
        "ImpressionReach": f"sum({_REACH})",
        "AvgImpressionFrequency": f"ratio(100 * sum(impressions), sum({_REACH}), 1)",
        **_video(),
        "Views": f"sum({_VIEWS})",
    }
)
"""Metrics that do not depend on the definition."""


@dataclass(frozen=True, slots=True)
class Measures:
    """The metrics of one report.

    `vat` has the percentages that costs are raised by, each with its first day, and the values of priority goals too;
    `counted` are the goals whose conversions are added up, by the attribution `model`, and `bought` those of them that
    are purchases.
    """

    vat: Sequence[tuple[date, int]]
    model: str
    counted: Sequence[Goal]
    bought: Sequence[Goal]

    def sql(self, field: str) -> str:
        """Returns the expression of a metric; KeyError for any other name."""
        return _PLAIN.get(field) or self._of_money(field) or self._of_goals(field, self.counted, self.model)

    def of_goal(self, field: str, goal: Goal, model: str) -> str:
        """Returns the expression of a metric for one goal by one model, as in Revenue_12345_LC."""
        return self._of_goals(field, [goal], model)

    @property
    def _cost(self) -> str:
        """The cost with VAT; charges are whole cents, so that a percentage of them is exact."""
        return self._taxed("cost")

    def _taxed(self, amount: str) -> str:
        """Returns the sum of an amount of the events with VAT."""
        return f"(sum({amount} * {self._gross_percent}) / 100)" if self.vat else f"sum({amount})"

    @property
    def _gross_percent(self) -> str:
        """SQL for an amount with VAT in percent of that without, by the day of the event: 122 for a VAT of 22 %."""
        rates = "".join(
            f"WHEN event.day >= {since.toordinal()} THEN {100 + rate} " for since, rate in reversed(self.vat)
        )
        return f"CASE {rates}END"

    def _of_money(self, field: str) -> str | None:
        bought = self._sum(self.bought, self.model, _bought)
        return {
            "Cost": self._cost,
            "AvgCpc": _price(self._cost, "sum(clicks)"),
            "AvgCpm": _price(f"1000 * {self._cost}", "sum(impressions)"),
            "AvgEffectiveBid": _price(self._taxed(_BID), "sum(clicks)"),
            "CPV": _price(self._cost, _PLAIN["VideoViews"]),
            "AvgVideoCompleteCost": _price(self._cost, _PLAIN["VideoComplete"]),
            "Profit": f"({self._sum(self.counted, self.model, self._revenue)} - {self._cost})",
            "PurchaseRevenue": bought,
            "PurchaseProfit": f"({bought} - {self._cost})",
            "PurchaseGoalsRoi": f"ratio(100 * ({bought} - {self._cost}), {self._cost}, 1)",
        }.get(field)

    def _of_goals(self, field: str, counted: Sequence[Goal], model: str) -> str:
        conversions = self._sum(counted, model, _conversions)
        revenue = self._sum(counted, model, self._revenue)
        return {
            "Conversions": conversions,
            "ConversionRate": _percent(conversions, "sum(clicks)"),
            "CostPerConversion": _price(self._cost, conversions),
            "Revenue": revenue,
            "GoalsRoi": f"ratio(100 * ({revenue} - {self._cost}), {self._cost}, 1)",
        }[field]

    def _revenue(self, goal: Goal, model: str) -> str:
        """Returns the revenue of a goal; VAT is added to the values of priority goals only, not to those of Metrica."""
        value = f"({goal.value} * {self._gross_percent} / 100)" if goal.priority and self.vat else str(goal.value)
        return f"{_conversions(goal, model)} * {value}"

    def _sum(self, counted: Sequence[Goal], model: str, part: Callable[[Goal, str], str]) -> str:
        """Returns the sum of a part over the goals; NULL, not 0, if no campaign counts any of them."""
        parts = [f"{_counts(goal)} * {part(goal, model)}" for goal in counted] or ["0"]
        anywhere = " OR ".join(_counts(goal) for goal in counted) or "0"
        return f"sum(CASE WHEN {anywhere} THEN {' + '.join(parts)} END)"


def _price(amount: str, count: str) -> str:
    return f"ratio({amount}, {count}, {CENT})"


def _counts(goal: Goal) -> str:
    return f"(source.CampaignId IN ({', '.join(map(str, sorted(goal.campaigns)))}))"


def _conversions(goal: Goal, model: str) -> str:
    return _share(_SESSIONS, (1_200 + goal_bits(goal.id) % 4_000) * MODELS[model] // 100, goal_bits(goal.id) | 0x8001)


def _bought(goal: Goal, model: str) -> str:
    return f"{_share(_conversions(goal, model), 30_000, 59_441)} * {goal.value}"

"""The limits of campaigns, their strategies, bids and adjustments of bids."""

from tests.emulator.limits import calls, objects, values
from tests.emulator.limits.calls import adjustment, adjustments, auto_bid, room
from tests.emulator.limits.objects import added
from tests.emulator.limits.rows import DOC, Row, chars, items, negative_keywords, percent, value
from tests.emulator.limits.values import word

POSITION = {"Scope": ["SEARCH"], "Position": "P11", "CalculateBy": "VALUE"}
BY_VOLUME = {"BiddingRule": {"SearchByTrafficVolume": {"TargetTrafficVolume": 5}}}

SCHEDULE = "TimeTargeting.Schedule.Items"

TABLES: dict[tuple[str, str], list[Row]] = {
    ("campaigns", f"{DOC}/ru/campaigns/add"): [
        Row("", "objects", 3000, 7001, room("campaigns", State="ARCHIVED")),
        Row("", "unarchived objects", 1000, 7001, room("campaigns", State="OFF")),
        items("BlockedIps", 25, added("campaigns", "BlockedIps.Items", values.many(lambda n: f"192.0.2.{n}"))),
        chars("campaigns", "ClientInfo", 255),
        chars("campaigns", "ExcludedSites", 255, where="ExcludedSites.Items", value=values.in_list(word)),
        items("ExcludedSites", 1000, added("campaigns", "ExcludedSites.Items", values.many(lambda n: f"s{n}.example"))),
        value(
            "HolidaysSchedule.BidPercent",
            (0, 200),
            added("campaigns", "TimeTargeting.HolidaysSchedule.BidPercent", values.same, objects.holidays),
            step=10,
        ),
        value(
            "HolidaysSchedule.EndHour",
            24,
            added("campaigns", "TimeTargeting.HolidaysSchedule.EndHour", values.same, objects.holidays),
        ),
        value(
            "HolidaysSchedule.StartHour",
            (0, None),
            added("campaigns", "TimeTargeting.HolidaysSchedule.StartHour", values.same, objects.holidays),
        ),
        chars("campaigns", "Name", 255),
        items(
            "NegativeKeywordSharedSetIds",
            3,
            added("campaigns", "TextCampaign.NegativeKeywordSharedSetIds.Items", values.many(values.same)),
        ),
        *negative_keywords("campaigns", 20_000, "NegativeKeywords.Items"),
        items(
            "Schedule",
            7,
            added(
                "campaigns",
                SCHEDULE,
                values.many(lambda n: f"{n}{',100' * 24}"),
                objects.scheduled,
            ),
        ),
        value(
            "Schedule",
            (0, 200),
            code=5004,
            call=added("campaigns", SCHEDULE, lambda n: [f"1{f',{n}' * 24}"], objects.scheduled),
            step=10,
        ),
        chars("campaigns", "TrackingParams", 1024, where="TextCampaign.TrackingParams", value=word),
        value("WarningBalance", (1, 50), added("campaigns", "Notification.EmailSettings.WarningBalance", values.same)),
    ],
    ("campaigns", f"{DOC}/ru/campaigns/update"): [
        Row("DailyBudget", "changes in a day", 3, 8305, calls.budget_changes)
    ],
    ("campaigns", f"{DOC}/en/objects/campaign-strategies"): [
        value(
            "BudgetPercent",
            (1, 100),
            added("campaigns", "TextCampaign.RelevantKeywords", lambda n: {"BudgetPercent": n}),
        ),
        value(
            "ClicksPerWeek",
            (100, 2**31 - 1),
            calls.strategy("WEEKLY_CLICK_PACKAGE", "ClicksPerWeek", values.same, campaign="MobileAppCampaign"),
        ),
        items("CounterIds", 100, added("campaigns", "TextCampaign.CounterIds.Items", values.many(values.same))),
        value("Crr", (1, 500), calls.strategy("AVERAGE_CRR", "Crr", values.same, GoalId=1)),
        Row(
            "CustomPeriodBudget",
            "days",
            90,
            5005,
            calls.strategy("WB_MAXIMUM_CLICKS", "CustomPeriodBudget", values.period),
        ),
        value("LimitPercent", (10, 100), calls.network_percent, step=10),
        value("PeriodDays", (1, 30), calls.frequency),
        items("PriorityGoals", 30, added("campaigns", "TextCampaign.PriorityGoals.Items", values.many(values.goal))),
        Row("PriorityGoals", "items, for several goals", (2, None), 7000, calls.goals),
        value("ReserveReturn", (0, 100), calls.reserve_return, step=10),
    ],
    ("strategies", f"{DOC}/en/strategies/add"): [
        Row("", "objects", 1500, 7001, room("strategies", StatusArchived="YES")),
        Row("", "unarchived objects", 500, 7001, room("strategies", StatusArchived="NO")),
        Row("", "campaigns", 100, 7001, calls.package),
        chars("strategies", "Name", 255),
    ],
    ("strategies", f"{DOC}/en/objects/campaign-strategies"): [
        items("CounterIds", 100, added("strategies", "CounterIds.Items", values.many(values.same))),
        value(
            "Crr",
            (1, 500),
            added("strategies", "AverageCrr", lambda n: {"Crr": n, "GoalId": 1}, lambda _: {"Name": "s"}),
        ),
        Row(
            "CustomPeriodBudget",
            "days",
            90,
            5005,
            added("strategies", "WbMaximumClicks", lambda n: {"CustomPeriodBudget": values.period(n)}),
        ),
        items("PriorityGoals", 30, added("strategies", "PriorityGoals.Items", values.many(values.goal))),
        Row(
            "PriorityGoals",
            "items, for several goals",
            (2, None),
            7000,
            added(
                "strategies",
                "PriorityGoals.Items",
                values.many(values.goal),
                lambda _: {"Name": "s", "AverageCpaMultipleGoals": {}},
            ),
        ),
    ],
    ("bids", f"{DOC}/en/bids/setAuto"): [
        value("ContextCoverage", (1, 100), auto_bid("bids", "ContextCoverage", {"Scope": ["NETWORK"]})),
        value("IncreasePercent", (0, 1000), auto_bid("bids", "IncreasePercent", POSITION)),
    ],
    ("keywordbids", f"{DOC}/en/keywordbids/setAuto"): [
        value(
            "IncreasePercent",
            (0, 1000),
            auto_bid("keywordbids", "BiddingRule.SearchByTrafficVolume.IncreasePercent", BY_VOLUME),
        ),
        value("TargetCoverage", (1, 100), auto_bid("keywordbids", "BiddingRule.NetworkByCoverage.TargetCoverage", {})),
        value(
            "TargetTrafficVolume",
            (5, 100),
            auto_bid("keywordbids", "BiddingRule.SearchByTrafficVolume.TargetTrafficVolume", {}),
        ),
    ],
    ("bidmodifiers", f"{DOC}/ru/bidmodifiers/add"): [
        percent(
            "AdGroupAdjustment",
            1,
            adjustment("AdGroupAdjustment", campaign="UNIFIED_CAMPAIGN", group="UNIFIED_AD_GROUP"),
        ),
        items(
            "DemographicsAdjustment",
            12,
            adjustments("DemographicsAdjustments", lambda n: values.PEOPLE[n % 12]),
            code=7001,
        ),
        percent("DemographicsAdjustment", 0, adjustment("DemographicsAdjustments", Gender="GENDER_MALE")),
        percent("DesktopAdjustment", 0, adjustment("DesktopAdjustment")),
        percent("DesktopOnlyAdjustment", 0, adjustment("DesktopOnlyAdjustment")),
        percent("IncomeGradeAdjustment", 1, adjustment("IncomeGradeAdjustments", Grade="HIGH")),
        percent("MobileAdjustment", 0, adjustment("MobileAdjustment")),
        percent("RegionalAdjustment", 10, adjustment("RegionalAdjustments", RegionId=213)),
        items(
            "RetargetingAdjustment",
            100,
            adjustments("RetargetingAdjustments", lambda n: {"RetargetingConditionId": n}),
            code=7001,
        ),
        percent("RetargetingAdjustment", 0, adjustment("RetargetingAdjustments", RetargetingConditionId=1)),
        percent("SerpLayoutAdjustment", 1, adjustment("SerpLayoutAdjustments", SerpLayout="ALONE")),
        percent("SmartAdAdjustment", 20, adjustment("SmartAdAdjustment", campaign="SMART_CAMPAIGN")),
        percent("SmartTvAdjustment", 0, adjustment("SmartTvAdjustment")),
        percent("TabletAdjustment", 0, adjustment("TabletAdjustment")),
        percent("VideoAdjustment", 50, adjustment("VideoAdjustment")),
    ],
}

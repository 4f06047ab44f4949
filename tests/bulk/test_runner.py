"""Running a job: outcomes, lost responses by the class of their operation, doubt, units, and lines that are refused."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.bulk.conftest import Write
from tests.bulk.every_write import MANUAL, NOWHERE, RULES, TEXT
from tests.bulk.trouble import Trouble
from yadirect_soap import ApiError, AuthError, Direct, TransportError, bulk
from yadirect_soap.bulk.outcomes import Outcome
from yadirect_soap.emulator.fault_injection import Fault, LostAnswer, Malformed, Reset, Status, Truncated
from yadirect_soap.emulator.fixtures.demo_accounts import ADVERTISER
from yadirect_soap.emulator.operations.services import VERBS

CAMPAIGN, GROUP = 700_000_001, 5_700_000_001
NEW_CAMPAIGN = {"Name": "Весна", "StartDate": "2030-03-01", "TextCampaign": {"BiddingStrategy": MANUAL}}


def ad(title: str, group: Any = GROUP, **members: Any) -> dict[str, Any]:
    """A line with a new ad."""
    return {"do": "ads.add", "item": {"AdGroupId": group, "TextAd": {"Title": title, **TEXT, **members}}}


def titles(trouble: Trouble) -> Counter[str]:
    """The titles of all text ads."""
    rows = trouble.emulator.store.rows("ads", ADVERTISER)
    return Counter(row.document["TextAd"]["Title"] for row in rows if row.document.get("TextAd"))


def writes(trouble: Trouble) -> list[str]:
    """The calls that change data, by their operations."""
    return [
        call.operation
        for call in trouble.emulator.calls
        if not call.operation.endswith((".get", ".check")) and "changes" not in call.operation
    ]


def outcomes(journal: Path) -> list[Outcome]:
    """What became of all lines."""
    return list(bulk.read_outcomes(journal))


def test_outcomes_are_told_once_the_journal_has_them(direct: Direct, write: Write, journal: Path) -> None:
    """The callback meets each line in its final state, with its id or its errors."""
    told: list[tuple[Outcome, int]] = []
    source = write({**ad("Первое"), "ref": "a"}, {"do": "ads.suspend", "item": NOWHERE})
    summary = bulk.run(
        direct, source, journal=journal, on_outcome=lambda each: told.append((each, bulk.status(journal).planned))
    )
    assert [(each.line, each.ref, each.state, [error["code"] for error in each.errors]) for each, _ in told] == [
        (1, "a", "done", []),
        (2, None, "failed", [8800]),
    ]
    assert [planned for _, planned in told] == [1, 0]
    assert outcomes(journal) == [each for each, _ in told]
    assert (summary.done, summary.failed, summary.lines, summary.ok) == (1, 1, 2, False)


def test_outcomes_can_be_iterated(direct: Direct, write: Write, journal: Path) -> None:
    """Who stops the iteration stops the run, and the next one goes on."""
    source = write(ad("Первое"), {"do": "ads.suspend", "item": NOWHERE})
    running = bulk.iterate(direct, source, journal=journal)
    assert next(running).line == 1
    running.close()  # type: ignore[attr-defined]  # a generator
    assert [each.line for each in bulk.iterate(direct, source, journal=journal)] == [2]


def test_a_second_run_sends_nothing(trouble: Trouble, direct: Direct, write: Write, journal: Path) -> None:
    """What is done is done."""
    source = write(ad("Первое"))
    bulk.run(direct, source, journal=journal)
    before = len(list(trouble.emulator.calls))
    assert bulk.run(direct, source, journal=journal).ok
    assert len(list(trouble.emulator.calls)) == before


def test_what_refers_to_a_failed_line_is_skipped(direct: Direct, write: Write, journal: Path) -> None:
    """Neither the group of a refused campaign is sent nor the ad of that group."""
    late = NEW_CAMPAIGN | {"StartDate": "2020-01-01"}
    source = write(
        {"do": "campaigns.add", "ref": "c", "item": late},
        {"do": "adgroups.add", "ref": "g", "item": {"Name": "x", "CampaignId": "@c", "RegionIds": [225]}},
        ad("Нигде", "@g"),
    )
    bulk.run(direct, source, journal=journal)
    assert [(each.state, each.remark) for each in outcomes(journal)] == [
        ("failed", ""),
        ("skipped", "@c has failed"),
        ("skipped", "@g has skipped"),
    ]


@pytest.mark.parametrize(
    "effect",
    [LostAnswer(), Truncated(), Reset("during"), Reset("before"), Malformed(), Fault(1000), Fault(1002), Status(502)],
    ids=["lost", "truncated", "cut", "reset", "malformed", "1000", "1002", "502"],
)
def test_an_ad_is_added_once_whatever_became_of_the_response(
    trouble: Trouble, direct: Direct, write: Write, journal: Path, effect: Any
) -> None:
    """Ads that are there are found, and the others are sent again."""
    trouble.emulator.faults.inject(effect, "ads.add", times=2)
    summary = bulk.run(direct, write(ad("Первое"), ad("Второе"), ad("Второе")), journal=journal)
    assert summary.ok
    assert (titles(trouble)["Первое"], titles(trouble)["Второе"]) == (1, 2)


def test_what_was_found_is_told(trouble: Trouble, direct: Direct, write: Write, journal: Path) -> None:
    """A line whose response was lost says how it is known to be done."""
    trouble.emulator.faults.inject(LostAnswer(), "ads.add")
    bulk.run(direct, write(ad("Первое")), journal=journal)
    (outcome,) = outcomes(journal)
    assert (outcome.state, outcome.remark) == ("done", "the response was lost; found by what was sent")
    assert isinstance(outcome.id, int)


def test_a_run_settles_before_it_looks(trouble: Trouble, write: Write, journal: Path) -> None:
    """The request may still be at work: nothing is asked before `settle` seconds, and what is missing twice."""
    waits: list[float] = []
    trouble.emulator.faults.inject(Reset("before"), "ads.add")
    with trouble.direct() as direct:
        bulk.run(direct, write(ad("Первое")), journal=journal, settle=45, sleep=waits.append)
    assert waits == [45, 45]


def test_the_wait_begins_when_the_request_was_sent(trouble: Trouble, write: Write, journal: Path) -> None:
    """A run of the next day looks at once."""
    trouble.emulator.faults.inject(LostAnswer(), "ads.add")
    waits: list[float] = []

    def end(_seconds: float) -> None:
        raise KeyboardInterrupt

    with trouble.direct() as direct:
        with pytest.raises(KeyboardInterrupt):
            bulk.run(direct, write(ad("Первое")), journal=journal, sleep=end)
        trouble.clock.advance(days=1)
        assert bulk.run(direct, journal=journal, sleep=waits.append).ok
    assert waits == [0]


def test_an_ad_that_looks_otherwise_is_in_doubt(write: Write, journal: Path) -> None:
    """Where the API rewrites what it is given, a lost ad is not sent again: a person decides."""

    def shouting(call: Any) -> Any:
        for item in call.params["Ads"]:
            item["TextAd"]["Title"] = item["TextAd"]["Title"].upper()
        return VERBS["add"](call)

    with Trouble(handlers={"ads.add": shouting}) as trouble, trouble.direct() as direct:
        trouble.emulator.faults.inject(LostAnswer(), "ads.add")
        waiting = {"do": "ads.delete", "item": "@a"}
        summary = bulk.run(direct, write({**ad("Первое"), "ref": "a"}, waiting), journal=journal)
        assert (summary.unknown, summary.planned) == (1, 1)
        (doubtful,) = bulk.read_outcomes(journal, ["unknown"])
        assert "have other members than were sent" in doubtful.remark
        assert titles(trouble)["ПЕРВОЕ"] == 1
        assert bulk.run(direct, journal=journal).unknown == 1
        assert bulk.resend_unknown(journal) == 1
        assert bulk.run(direct, journal=journal).ok
        assert titles(trouble)["ПЕРВОЕ"] == 1


def test_a_campaign_of_others_is_not_taken_for_ours(trouble: Trouble, write: Write, journal: Path) -> None:
    """One that was there with the same members, and changes meanwhile, leaves the line in doubt."""
    with trouble.direct() as direct:
        params = {"Campaigns": [NEW_CAMPAIGN | {"Name": "Десятая"}]}
        old = direct.call("campaigns", "add", params).result["AddResults"][0]["Id"]

    trouble.pass_time(60)
    document = trouble.emulator.store.get("campaigns", old, ADVERTISER)
    assert document is not None

    def change(context: Any, request: Any, send: Any) -> Any:
        if context.operation == "campaigns.add" and len(writes(trouble)) > 1:
            trouble.emulator.store.put("campaigns", old, ADVERTISER, document, changed=trouble.clock())
        return send(request)

    names = [f"Весна {number}" for number in range(10)] + ["Десятая"]
    source = write(*({"do": "campaigns.add", "item": NEW_CAMPAIGN | {"Name": name}} for name in names))
    trouble.emulator.faults.inject(Reset("before"), "campaigns.add", after=1)
    with trouble.direct(middleware=[change]) as direct:
        assert bulk.run(direct, source, journal=journal).unknown == 1
    (doubtful,) = bulk.read_outcomes(journal, ["unknown"])
    assert doubtful.remark == f"the response was lost; {old} is alike, and older than others of this job"


@pytest.mark.parametrize("operation", ["ads.add", "campaigns.add", "adextensions.add"])
def test_what_another_job_has_just_made_is_not_taken(
    trouble: Trouble, direct: Direct, write: Write, journal: Path, operation: str
) -> None:
    """Two jobs with the same lines within a second make two objects, although the second's request was lost."""
    callout = {"do": "adextensions.add", "item": {"Callout": {"CalloutText": "Скидка"}}}
    rows = {"ads.add": ad("Первое"), "campaigns.add": {"do": "campaigns.add", "item": NEW_CAMPAIGN}}
    source = write(rows.get(operation, callout))
    assert bulk.run(direct, source, journal=journal).ok
    trouble.emulator.faults.inject(Reset("before"), operation)
    assert bulk.run(direct, source, journal=journal.with_name("second")).ok
    (first,), (second,) = outcomes(journal), outcomes(journal.with_name("second"))
    assert first.id != second.id


def test_alike_lines_of_one_chunk_get_objects_of_their_own(
    trouble: Trouble, direct: Direct, write: Write, journal: Path
) -> None:
    """A line does not take the object of another that says the same and more."""
    trouble.emulator.faults.inject(LostAnswer(), "ads.add")
    bulk.run(direct, write(ad("Одно"), ad("Одно", Title2="Ещё"), ad("Одно")), journal=journal)
    found = {each.id: each.line for each in outcomes(journal)}
    assert len(found) == 3
    (longer,) = (
        row.id
        for row in trouble.emulator.store.rows("ads", ADVERTISER)
        if row.document.get("TextAd", {}).get("Title2") == "Ещё"
    )
    assert found[longer] == 2


@pytest.mark.parametrize("acted", [True, False])
def test_a_deletion_is_told_as_it_was(
    trouble: Trouble, direct: Direct, write: Write, journal: Path, acted: bool
) -> None:
    """After a lost response a missing object was deleted by it, unless it was never there."""
    (key,) = direct.ads.add(Ads=[ad("Лишнее")["item"]]).ids
    trouble.emulator.faults.inject(LostAnswer() if acted else Reset("before"), "ads.delete")
    bulk.run(direct, write({"do": "ads.delete", "item": key}, {"do": "ads.delete", "item": NOWHERE}), journal=journal)
    assert [each.state for each in outcomes(journal)] == ["done", "failed"]


@pytest.mark.parametrize(
    "adjustment",
    [
        {"MobileAdjustment": {"BidModifier": 120}},
        {
            "DemographicsAdjustments": [
                {"Gender": "GENDER_MALE", "BidModifier": 90},
                {"Gender": "GENDER_FEMALE", "BidModifier": 80},
            ]
        },
    ],
    ids=["one", "several"],
)
@pytest.mark.parametrize("acted", [True, False])
def test_an_adjustment_is_one_line_s(
    trouble: Trouble, direct: Direct, write: Write, journal: Path, adjustment: dict[str, Any], acted: bool
) -> None:
    """Of two lines that say the same the first has made the object, and the second was refused."""
    (group,) = direct.adgroups.add(AdGroups=[{"Name": "x", "CampaignId": CAMPAIGN, "RegionIds": [225]}]).ids
    line = {"do": "bidmodifiers.add", "item": {"AdGroupId": group, **adjustment}}
    trouble.emulator.faults.inject(LostAnswer() if acted else Reset("before"), "bidmodifiers.add")
    bulk.run(direct, write(line, line), journal=journal)
    assert [each.state for each in outcomes(journal)] == ["done", "failed"]


def test_a_second_deletion_of_a_new_object_fails(trouble: Trouble, direct: Direct, write: Write, journal: Path) -> None:
    """A line that deletes what an earlier line has deleted is no deletion, also where its response was lost."""
    words = {"Name": "Лишние", "NegativeKeywords": ["даром"]}
    deletion = {"do": "negativekeywordsharedsets.delete", "item": "@n"}
    trouble.emulator.faults.inject(LostAnswer(), "negativekeywordsharedsets.delete", after=1)
    source = write({"do": "negativekeywordsharedsets.add", "ref": "n", "item": words}, deletion, deletion)
    bulk.run(direct, source, journal=journal)
    assert [each.state for each in outcomes(journal)] == ["done", "done", "failed"]


def test_moderation_is_told_by_the_status(trouble: Trouble, direct: Direct, write: Write, journal: Path) -> None:
    """8300 means sent already, or not to be sent at all: the ad's status tells which."""
    (group,) = direct.adgroups.add(AdGroups=[{"Name": "x", "CampaignId": CAMPAIGN, "RegionIds": [225]}]).ids
    added = direct.ads.add(Ads=[ad("Первое")["item"], ad("Второе", group)["item"]])
    ids = [each.id for each in added if each.id is not None]
    trouble.emulator.faults.inject(LostAnswer(), "ads.moderate")
    bulk.run(direct, write(*({"do": "ads.moderate", "item": key} for key in ids)), journal=journal)
    status = {row.id: row.document["Status"] for row in trouble.emulator.store.rows("ads", ADVERTISER, ids=ids)}
    assert {each.id: each.state for each in outcomes(journal) if each.state == "done"} == {
        key: "done" for key, found in status.items() if found != "DRAFT"
    }


@pytest.mark.parametrize(
    ("status", "acted", "expected"),
    [
        ("DRAFT", True, ("done", "the Status is MODERATION, by this call or by an earlier one")),
        ("DRAFT", False, ("done", "")),
        ("MODERATION", False, ("done", "the Status is MODERATION, by this call or by an earlier one")),
        ("ACCEPTED", False, ("unknown", "the Status is ACCEPTED, and nothing tells whether it was a draft before")),
    ],
    ids=["sent", "not sent", "in moderation before", "accepted before"],
)
def test_a_lost_moderation_is_told_with_what_is_known(
    trouble: Trouble, direct: Direct, write: Write, journal: Path, status: str, acted: bool, expected: tuple[str, str]
) -> None:
    """The Status now tells what was reached; what it was before only the job can know that added the ad."""
    (key,) = direct.ads.add(Ads=[ad("Первое")["item"]]).ids
    assert key is not None
    document = trouble.emulator.store.get("ads", key, ADVERTISER)
    assert document is not None
    trouble.emulator.store.put("ads", key, ADVERTISER, {**document, "Status": status}, changed=trouble.clock())
    trouble.emulator.faults.inject(LostAnswer() if acted else Reset("before"), "ads.moderate")
    bulk.run(direct, write({"do": "ads.moderate", "item": key}), journal=journal)
    (outcome,) = outcomes(journal)
    assert (outcome.state, outcome.remark.rpartition("; ")[2].removeprefix("done: ")) == expected


@pytest.mark.parametrize("acted", [True, False])
def test_an_ad_of_the_job_is_moderated_by_one_line(
    trouble: Trouble, direct: Direct, write: Write, journal: Path, acted: bool
) -> None:
    """The job knows that it added a draft, and which line has sent it; the second line fails as without trouble."""
    moderation = {"do": "ads.moderate", "item": "@a"}
    for after in (0, 1):
        trouble.emulator.faults.inject(LostAnswer() if acted else Reset("before"), "ads.moderate", after=after)
    bulk.run(direct, write({**ad("Первое"), "ref": "a"}, moderation, moderation), journal=journal)
    assert [each.state for each in outcomes(journal)] == ["done", "done", "failed"]


def test_a_reworded_keyword_is_found_by_its_words(
    trouble: Trouble, direct: Direct, write: Write, journal: Path
) -> None:
    """The new keyword's id is the outcome of the line."""
    old = next(
        row
        for row in trouble.emulator.store.rows("keywords", ADVERTISER)
        if row.document["Status"] == "ACCEPTED" and "autotargeting" not in row.document["Keyword"]
    )
    trouble.emulator.faults.inject(LostAnswer(), "keywords.update")
    bulk.run(
        direct, write({"do": "keywords.update", "item": {"Id": old.id, "Keyword": "совсем новая"}}), journal=journal
    )
    (outcome,) = outcomes(journal)
    (new,) = (
        row.id
        for row in trouble.emulator.store.rows("keywords", ADVERTISER)
        if row.document["Keyword"] == "совсем новая"
    )
    assert (outcome.state, outcome.id) == ("done", new)


def test_a_lost_list_is_not_taken_for_another_of_its_name(
    trouble: Trouble, direct: Direct, write: Write, journal: Path
) -> None:
    """Of two lines with one name the first is done and the second refused, also after a lost response."""
    trouble.emulator.faults.inject(LostAnswer(), "retargetinglists.add")
    same = {"do": "retargetinglists.add", "item": {"Name": "Были", "Rules": RULES}}
    bulk.run(direct, write(same), journal=journal)
    bulk.run(direct, write(same, name="2.jsonl"), journal=journal.with_name("2"))
    assert [outcomes(journal)[0].state, outcomes(journal.with_name("2"))[0].state] == ["done", "failed"]


def test_what_cannot_be_looked_for_is_never_sent_again(
    trouble: Trouble, direct: Direct, write: Write, journal: Path
) -> None:
    """A creative whose response was lost is unknown until a person says otherwise."""
    trouble.emulator.faults.inject(LostAnswer(), "creatives.add")
    creative = {"do": "creatives.add", "item": {"VideoExtensionCreative": {"VideoId": "no-such-video"}}}
    assert bulk.run(direct, write(creative), journal=journal).unknown == 1
    assert bulk.run(direct, journal=journal).unknown == 1
    assert writes(trouble) == ["creatives.add"]
    bulk.resend_unknown(journal)
    assert bulk.run(direct, journal=journal).failed == 1


def test_a_request_that_is_refused_for_a_line_is_divided(write: Write, journal: Path) -> None:
    """Error 8000 is about the whole request: halves find the line, and the others are carried out."""

    def strict(call: Any) -> Any:
        if any(item["TextAd"]["Title"] == "Плохое" for item in call.params["Ads"]):
            raise call.fault(8000, "a title")
        return VERBS["add"](call)

    with Trouble(handlers={"ads.add": strict}) as trouble, trouble.direct() as direct:
        rows = [ad(f"Объявление {number}") for number in range(8)]
        rows[5] = ad("Плохое")
        summary = bulk.run(direct, write(*rows), journal=journal)
    assert (summary.done, summary.failed) == (7, 1)
    (failed,) = bulk.read_outcomes(journal, ["failed"])
    assert (failed.line, [error["code"] for error in failed.errors]) == (6, [8000])


def test_a_refusal_of_the_caller_stops_the_run(trouble: Trouble, write: Write, journal: Path) -> None:
    """A wrong token is no line's fault: all stay planned for a run with the right one."""
    source = write(ad("Первое"), {"do": "ads.suspend", "item": NOWHERE})
    with trouble.direct("wrong-token") as direct, pytest.raises(AuthError):
        bulk.run(direct, source, journal=journal)
    assert bulk.status(journal).planned == 2
    with trouble.direct() as direct:
        assert bulk.run(direct, source, journal=journal).done == 1


def test_a_run_gives_up_after_many_failures(trouble: Trouble, direct: Direct, write: Write, journal: Path) -> None:
    """A server that is gone ends the run with its error; the next run goes on."""
    trouble.emulator.faults.inject(LostAnswer(), "*", times=None)
    with pytest.raises(TransportError):
        bulk.run(direct, write({"do": "ads.suspend", "item": NOWHERE}), journal=journal, attempts=3)
    assert writes(trouble).count("ads.suspend") == 3
    trouble.emulator.faults.clear()
    assert bulk.run(direct, journal=journal).failed == 1


def test_no_units_stop_the_run(trouble: Trouble, direct: Direct, write: Write, journal: Path) -> None:
    """Error 152 leaves all lines planned, and is told as the reason of the stop."""
    trouble.emulator.faults.inject(Fault(152), "ads.add")
    summary = bulk.run(direct, write(ad("Первое")), journal=journal)
    assert (summary.stopped, summary.planned) == ("units", 1)
    assert bulk.run(direct, journal=journal).ok


def test_a_run_can_wait_for_the_next_hour(trouble: Trouble, direct: Direct, write: Write, journal: Path) -> None:
    """With wait=True it goes on when new units have come."""
    trouble.emulator.faults.inject(Fault(152), "ads.add")
    began = trouble.clock()
    assert bulk.run(direct, write(ad("Первое")), journal=journal, wait=True).ok
    assert trouble.clock() - began > 3600


def test_a_budget_stops_the_run_before_it_is_exceeded(
    trouble: Trouble, direct: Direct, write: Write, journal: Path
) -> None:
    """The call that would cost too much is not sent; another run with another budget goes on."""
    source = write(*(ad(f"Объявление {number}") for number in range(3)), {"do": "ads.suspend", "item": NOWHERE})
    summary = bulk.run(direct, source, journal=journal, budget=95)
    assert (summary.stopped, summary.done, summary.planned) == ("budget", 3, 1)
    assert summary.units <= 95
    assert bulk.run(direct, source, journal=journal, budget=95).planned == 0


def test_the_error_of_a_look_is_no_outcome(trouble: Trouble, direct: Direct, write: Write, journal: Path) -> None:
    """Where Changes cannot be asked either, the run ends and the line stays in the journal as sent."""
    trouble.emulator.faults.inject(LostAnswer(), "ads.add")
    trouble.emulator.faults.inject(Fault(1000), "changes.check", times=None, after=1)
    with pytest.raises(ApiError):
        bulk.run(direct, write(ad("Первое")), journal=journal, attempts=2)
    trouble.emulator.faults.clear()
    assert bulk.run(direct, journal=journal).ok
    assert titles(trouble)["Первое"] == 1


@pytest.mark.parametrize("verb", ["moderate", "delete"])
def test_what_is_done_is_not_sent_again(
    trouble: Trouble, direct: Direct, write: Write, journal: Path, verb: str
) -> None:
    """A second moderation or deletion would be an error, which costs 20 units an object: it is looked for instead."""
    ids = direct.ads.add(Ads=[ad(title)["item"] for title in ("Первое", "Второе")]).ids
    trouble.emulator.faults.inject(LostAnswer(), f"ads.{verb}")
    assert bulk.run(direct, write(*({"do": f"ads.{verb}", "item": key} for key in ids)), journal=journal).ok
    assert writes(trouble).count(f"ads.{verb}") == 1


def test_units_that_end_amid_a_look_double_nothing(
    trouble: Trouble, direct: Direct, write: Write, journal: Path
) -> None:
    """The look is made again when there are units; the call is not."""
    trouble.emulator.faults.inject(LostAnswer(), "ads.add")
    trouble.emulator.faults.inject(Fault(152), "changes.check", times=3, after=1)
    assert bulk.run(direct, write(ad("Первое")), journal=journal, wait=True).ok
    assert writes(trouble) == ["ads.add"]

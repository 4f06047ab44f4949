"""The Changes service: what changed since a moment, by the times of changes in the store.

domain/statistics_corrections.py has the corrections of statistics.
https://yandex.ru/dev/direct/doc/en/changes/changes
"""

from collections.abc import Iterator
from itertools import chain
from types import MappingProxyType
from typing import Any

from yadirect_soap.protocol import facts

from ...domain.statistics_corrections import corrections
from ...domain.timestamps import moment
from ...storage.store import Key, Row
from ..call import OperationCall
from ..crud.deletions import deletions
from ..crud.selection import timestamp

DICTIONARIES_CHANGED = "2026-05-29T00:00:00Z"
"""The last change of the emulator's dictionaries."""

LARGEST_ANSWER = 100_000
"""The most objects that check() reads in one call; further ids are Unprocessed."""

_INSIDE_A_GROUP = (
    "keywords",
    "audiencetargets",
    "bidmodifiers",
    "dynamictextadtargets",
    "dynamicfeedadtargets",
    "smartadtargets",
)
_SERVICES = MappingProxyType({"CampaignIds": "campaigns", "AdGroupIds": "adgroups", "AdIds": "ads"})


def check_dictionaries(call: OperationCall) -> dict[str, Any]:
    """Changes.checkDictionaries: the server's time, and with a Timestamp whether the dictionaries changed."""
    answer = {"Timestamp": moment(call.now())}
    if "Timestamp" not in call.params:
        return answer
    changed = "YES" if _since(call) <= timestamp(DICTIONARIES_CHANGED, call, "Timestamp") else "NO"
    return {"TimeZonesChanged": changed, "RegionsChanged": changed, "InterestsChanged": changed} | answer


def check_campaigns(call: OperationCall) -> dict[str, Any]:
    """Changes.checkCampaigns: campaigns that changed themselves, in their objects or in their statistics."""
    since = _since(call)
    children = {
        row.document["CampaignId"]
        for service in ("adgroups", "ads", *_INSIDE_A_GROUP)
        for row in call.store.rows(service, call.account.login)
        if row.changed >= since and row.document.get("AdGroupId", row.id) is not None
    }
    children |= {
        row.document["CampaignId"]
        for row in deletions(call)
        if row.changed >= since and row.document["AdGroupId"] is not None
    }
    corrected = _corrections(call, since)
    campaigns = []
    for row in call.store.rows("campaigns", call.account.login):
        itself = _campaign_changed(call, row, since)
        kinds = {"SELF": itself, "CHILDREN": row.id in children, "STAT": row.id in corrected}
        if changes := [name for name, true in kinds.items() if true]:
            campaigns.append({"CampaignId": row.id, "ChangesIn": changes})
    return ({"Campaigns": campaigns} if campaigns else {}) | {"Timestamp": moment(call.now())}


def check(call: OperationCall, *, largest: int = LARGEST_ANSWER) -> dict[str, Any]:
    """Changes.check: changed campaigns, groups and ads of the ids; NotFound and Unprocessed ids."""
    since, name = _since(call), _the_list(call)
    ids = list(dict.fromkeys(call.params[name]))
    rows = {row.id: row for row in call.store.rows(_SERVICES[name], call.account.login, ids=ids)}
    missing = [key for key in ids if key not in rows]
    done, unprocessed = _within(call, name, [key for key in ids if key in rows], largest)
    answer: dict[str, Any] = {"Modified": _modified(call, name, [rows[key] for key in done], since)}
    if missing:
        answer["NotFound"] = {name: missing}
    if unprocessed:
        answer["Unprocessed"] = {name: unprocessed}
    return answer | {"Timestamp": moment(call.now())}


def _corrections(call: OperationCall, since: float) -> dict[Key, str]:
    """Returns the first day that was corrected since, by campaign."""
    first_days = {
        campaign: min((row.from_day for row in rows if row.at >= since), default=None)
        for campaign, rows in corrections(call.store, call.now()).items()
    }
    return {campaign: day for campaign, day in first_days.items() if day is not None}


def _since(call: OperationCall) -> float:
    """Returns the Timestamp; a change in the same second counts, since it may be later than the response with it."""
    return timestamp(call.params["Timestamp"], call, "Timestamp")


def _the_list(call: OperationCall) -> str:
    """Returns the name of the list of ids; refuses none, several, and a list that is too long."""
    names = ", ".join(_SERVICES)
    chosen = [name for name in _SERVICES if call.params.get(name)]
    if not chosen:
        raise call.fault(4003, call.text(f"One of {names} is required", f"Требуется одно из: {names}"))
    if len(chosen) > 1:
        raise call.fault(4004, call.text(f"Only one of {names} may be passed", f"Допустимо только одно из: {names}"))
    max_ids = facts.bundled().limits_by(call.operation.key)[chosen[0]]
    if len(call.params[chosen[0]]) > max_ids:
        raise call.fault(
            9300, call.text(f"{chosen[0]}: no more than {max_ids} ids", f"{chosen[0]}: не более {max_ids}")
        )
    return chosen[0]


def _within(call: OperationCall, name: str, ids: list[int], largest: int) -> tuple[list[int], list[int]]:
    """Returns the ids whose objects are within the limit `largest`, and the other ids."""
    parent = {"CampaignIds": "campaign", "AdGroupIds": "adgroup"}.get(name)
    total = 0
    for index, key in enumerate(ids):
        around = {parent: key} if parent else {}
        total += 1 + sum(call.store.count(kind, call.account.login, **around) for kind in ("adgroups", "ads") if parent)
        if total > largest and index:
            return ids[:index], ids[index:]
    return ids, []


def _modified(call: OperationCall, name: str, parents: list[Row], since: float) -> dict[str, Any]:
    """Returns the changed objects of the kinds in FieldNames that belong to the parents."""
    fields = call.params["FieldNames"]
    campaigns = [row.id if name == "CampaignIds" else row.document["CampaignId"] for row in parents]
    modified: dict[str, list[Any]] = {}
    if "CampaignIds" in fields:
        rows = call.store.rows("campaigns", call.account.login, ids=campaigns)
        modified["CampaignIds"] = [row.id for row in rows if _campaign_changed(call, row, since)]
    if "AdGroupIds" in fields:
        modified["AdGroupIds"] = _changed_groups(call, name, parents, since)
    if "AdIds" in fields:
        ads = parents if name == "AdIds" else _below(call, "ads", name, parents)
        modified["AdIds"] = [row.id for row in ads if row.changed >= since]
    if "CampaignsStat" in fields:
        corrected = _corrections(call, since)
        dates = {key: corrected[key] for key in campaigns if key in corrected}
        modified["CampaignsStat"] = [{"CampaignId": key, "BorderDate": day} for key, day in dates.items()]
    return {kind: values for kind, values in modified.items() if values}


def _campaign_changed(call: OperationCall, campaign: Row, since: float) -> bool:
    """Whether a campaign itself or one of its own bid modifiers changed."""
    if campaign.changed >= since:
        return True
    own = chain(
        call.store.rows("bidmodifiers", campaign.login, campaigns=[campaign.id]),
        deletions(call, campaigns=[campaign.id]),
    )
    return any(row.changed >= since for row in own if row.document.get("AdGroupId") is None)


def _changed_groups(call: OperationCall, name: str, parents: list[Row], since: float) -> list[Any]:
    """Groups that changed themselves or in their keywords and targetings; of their ads only deleted ones count."""
    if name == "CampaignIds":
        groups = list(_below(call, "adgroups", name, parents))
    else:
        around = [row.id if name == "AdGroupIds" else row.document["AdGroupId"] for row in parents]
        groups = list(call.store.rows("adgroups", call.account.login, ids=around))
    ids = [group.id for group in groups]
    inside = {
        row.document["AdGroupId"]
        for rows in (
            *(call.store.rows(service, call.account.login, adgroups=ids) for service in _INSIDE_A_GROUP),
            deletions(call, adgroups=ids),
        )
        for row in rows
        if row.changed >= since
    }
    return [group.id for group in groups if group.changed >= since or group.id in inside]


def _below(call: OperationCall, service: str, name: str, parents: list[Row]) -> Iterator[Row]:
    narrowed = {_SERVICES[name]: [row.id for row in parents]}
    return call.store.rows(service, call.account.login, **narrowed)

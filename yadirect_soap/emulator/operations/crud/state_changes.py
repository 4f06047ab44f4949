"""The verbs that change the state of objects: suspend, resume, archive, unarchive."""

from collections.abc import Callable, Mapping
from typing import Any

from ...domain import error_codes
from ...domain.resources import Resource, Transition, resources
from ...storage.store import Document, Key
from ..call import OperationCall
from .item_results import ItemError, Outcome, results
from .paths import values
from .references import IN_USE, find, used
from .service_rules import ServiceRules, Services

_FUNDED = ("There is money on the campaign", "На кампании есть средства")
_NOT_ACCEPTED = frozenset({"DRAFT", "MODERATION", "REJECTED"})


def change_state(call: OperationCall, services: Services) -> dict[str, Any]:
    """Changes the state of each object of the criteria, or returns the errors that prevent it."""
    resource, rules = resources()[call.operation.service], services[call.operation.service]
    transition = resource.transitions.get(call.operation.name)
    if transition is None:
        raise error_codes.not_emulated(call.operation.key, language=call.language)

    def act(key: Key) -> Outcome:
        document = find(call, resource.service, key)
        _check(call, transition, rules, document)
        state = rules.current_state(call, document).get(resource.state)
        return _change(call, resource, transition, document, state=state)

    return results(call, ids(call), once(call, act), resource.id)


def ids(call: OperationCall) -> list[Key]:
    """Returns the identifiers in the SelectionCriteria of a write, its only list."""
    criteria: Mapping[str, list[Key]] = call.params["SelectionCriteria"]
    return next(iter(criteria.values()))


def once(call: OperationCall, act: Callable[[Key], Outcome]) -> Callable[[Key], Outcome]:
    """Returns a function that acts on each object once, and returns a warning for a repeated one."""
    acted_on: set[Key] = set()

    def act_once(key: Key) -> Outcome:
        if key in acted_on:
            return key, [call.notification(10000)]
        acted_on.add(key)
        return act(key)

    return act_once


def _check(call: OperationCall, transition: Transition, rules: ServiceRules, document: Document) -> None:
    """Raises ItemError if the verb may not act on an object."""
    rules.check_editable(call, document)
    resource = resources()[call.operation.service]
    for now in (rules.current_state(call, document).get(resource.state), document.get("Status")):
        if now is not None and now in transition.refuse:
            details = transition.details.get(now, (f"The object is {now}", f"Состояние или статус объекта: {now}"))
            warnings = [_warning(call, transition)] if now in transition.also_warn else []
            raise ItemError(transition.refuse[now], *details, warnings=warnings)
    if transition.in_use and document[resource.id] in used(call, resource.service):
        raise ItemError(transition.in_use, *IN_USE)
    if transition.funded and any(values(document, "Funds.CampaignFunds.Balance")):
        raise ItemError(transition.funded, *_FUNDED)
    rules.before_state_change(call, document)


def _change(
    call: OperationCall, resource: Resource, transition: Transition, document: Document, *, state: Any
) -> Outcome:
    key: Key = document[resource.id]
    sources = transition.sources
    if state == transition.to if sources is None else state not in sources:
        return key, [_warning(call, transition)]
    # An object that is not accepted is off even when it is resumed.
    to = "OFF" if transition.to == "ON" and document.get("Status") in _NOT_ACCEPTED else transition.to
    call.store.put(resource.service, key, call.account.login, document | {resource.state: to}, changed=call.now())
    return key, []


def _warning(call: OperationCall, transition: Transition) -> dict[str, Any]:
    return call.notification(transition.warn, call.text(*transition.warn_details) or None)

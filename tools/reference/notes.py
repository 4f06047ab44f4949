"""What the contract and the facts say about an operation as a whole, as pairs of a term and its text in Markdown."""

from collections.abc import Iterator

from yadirect_soap.client.results import gives_items
from yadirect_soap.protocol.facts import ASSUMED, Cost, Facts
from yadirect_soap.protocol.model import Operation

Notes = Iterator[tuple[str, str]]


def notes(operation: Operation, facts: Facts) -> Notes:
    """What a caller should know before the first call."""
    key = operation.key
    yield "Result", _gives(operation)
    if key in facts.limits:
        yield "Limit", _limit(operation, facts)
    if "Page" in operation.request.by_name:
        yield "Page", _page(key, facts)
    if key in facts.costs:
        yield "Units", f"{cost(key, facts)}{ASSUMED * (key in facts.assumed_costs)}."
    yield "Repeated", _repeated(operation, facts)
    yield "Type", f"`yadirect_soap.types.{operation.request.name.replace(':', '.')}`, for editors and type checkers"
    yield "Addresses", f"SOAP `/v5/{operation.service}`, JSON `/json/v5/{operation.service}`; `/v501/` as well"
    if operation.service in facts.pages:
        yield "Source", f"[the API's documentation of {operation.service}]({facts.page(operation.service)})"


def limit(key: str, facts: Facts) -> str:
    """How much one call may name at most, in short; "" where no limit is known."""
    if key not in facts.limits:
        return ""
    named = facts.limits_by(key)
    return ", ".join(f"{number:,} by {by}" for by, number in named.items()) if named else f"{facts.limit(key):,}"


def cost(key: str, facts: Facts) -> str:
    """What a call costs in units, in short; "" where it is not known."""
    if key not in facts.costs:
        return ""
    text = _price(facts.cost(key))
    dear, then = facts.costs_with.get(key, (frozenset(), None))
    return f"{text}; with {', '.join(sorted(dear))}: {_price(then)}" if then else text


def _gives(operation: Operation) -> str:
    listed = operation.listed
    if listed is None:
        return "`OperationResult`: the result as a dict"
    if not gives_items(operation):
        return f"`ItemResults`: one result per item, in the order sent ([partial failure]({_guide('partial-failure')}))"
    walk = f"; `direct.{operation.service}.items(...)` reads [all pages]({_guide('paging')})"
    return f"`Page`: a list with the `{listed.name}` of one page{walk}"


def _limit(operation: Operation, facts: Facts) -> str:
    key = operation.key
    return f"at most {limit(key, facts)} in one call; more is error 9300{ASSUMED * (key in facts.assumed_limits)}"


def _page(key: str, facts: Facts) -> str:
    deepest = facts.page_depth(key)
    depth = f"; Limit plus Offset is at most {deepest:,}" if deepest else ""
    return f"at most {facts.page_size:,} objects{depth}"


def _price(price: Cost) -> str:
    if not price.object:
        return f"{price.call} per call"
    unit = "object" if price.per == 1 else f"{price.per:,} objects"
    return f"{price.call} per call and {price.object} per {unit}"


def _repeated(operation: Operation, facts: Facts) -> str:
    errors = _guide("errors-and-retries")
    if facts.is_read(operation.service, operation.name):
        return f"automatically, also after a lost response: it only reads ([retries]({errors}))"
    return f"automatically only if it certainly did not act: it writes ([retries]({errors}))"


def _guide(name: str) -> str:
    return f"../../guides/{name}.md"

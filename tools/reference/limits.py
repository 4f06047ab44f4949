"""The page of the limits of a call: objects, values of a criterion, the depth of pages, and the codes beyond them."""

from collections.abc import Iterator

from yadirect_soap.protocol.contract import Contract
from yadirect_soap.protocol.facts import Facts
from yadirect_soap.protocol.model import Operation

from .notes import limit

_HEAD = """\
# Limits of a call: errors 9300, 9301 and 4001

What one call may hold at most, by operation. The client refuses more before anything is sent; `split=True` and
`--split` divide a long list into several calls. По-русски: сколько объектов можно передать в одном вызове.

- 9300: more objects than the operation takes. Some operations count by the member that names the objects.
- 4001: more values in a criterion of `SelectionCriteria`, or none of the required ones.
- 9301: `Page.Limit` and `Page.Offset` are more together than the operation allows. `Page.Limit` alone is at most
"""


def page(contract: Contract, facts: Facts) -> str:
    """The whole page, in Markdown."""
    return "\n".join(
        [
            f"{_HEAD}  {facts.page_size:,}, else the error is 4002.",
            "",
            "| operation | objects (9300) | values of a criterion (4001) | Limit + Offset (9301) |",
            "| --- | --- | --- | --- |",
            *_rows(contract, facts),
            "",
        ]
    )


def _rows(contract: Contract, facts: Facts) -> Iterator[str]:
    for name in sorted(contract):
        for operation in contract[name].operations.values():
            depth = facts.page_depth(operation.key)
            objects = limit(operation.key, facts) + " (assumed)" * (operation.key in facts.assumed_limits)
            cells = (objects, _criteria(operation, facts), f"{depth:,}" if depth else "")
            if any(cells):
                link = f"[{operation.key}]({operation.service}/{operation.name}.md)"
                yield f"| {' | '.join((link, *cells))} |"


def _criteria(operation: Operation, facts: Facts) -> str:
    return ", ".join(f"{number:,} `{name}`" for name, number in facts.criteria.get(operation.key, {}).items())

"""What a call returns: the objects of a get, the results of a write's items, or the result as a dict."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, Self, TypeVar, cast

from yadirect_soap import extras, language
from yadirect_soap.errors import ConfigurationError, DecodeError, ItemsError
from yadirect_soap.escaping import one_line
from yadirect_soap.language import _, composed
from yadirect_soap.protocol.headers import Units
from yadirect_soap.protocol.messages import Response
from yadirect_soap.protocol.model import Operation
from yadirect_soap.protocol.scalars import is_list

from .data_frames import data_frame

if TYPE_CHECKING:
    import pandas
    import pyarrow

_IDS = ("Id", "ClientId", "AdImageHash", "KeywordId", "AdGroupId", "CampaignId")
_SHOWN = 5
_LONGEST_NOTIFICATION = 500

_Item = TypeVar("_Item")


class CallResponse(NamedTuple):
    """The parts of a response besides its objects or item results.

    `result` is the whole result with the API's names, `raw` the HTTP response as it came; `unknown` counts, by
    `type.member`, members and values that the contract does not have.
    """

    operation: str
    raw: Response
    result: Mapping[str, Any] = MappingProxyType({})
    request_id: str = ""
    units: Units | None = None
    unknown: Mapping[str, int] = MappingProxyType({})
    request_ids: tuple[str, ...] = ()
    """The RequestIds of all calls, if split=True made several."""
    in_decimal: bool = False
    """Whether amounts in the result are Decimal in currency units; else they are int in micros."""
    fields: Mapping[str, Sequence[str]] | None = None
    """The fields that a get requested, by the names of their lists: `{"FieldNames": ["Id", "Name"]}`; else None."""

    def __repr__(self) -> str:
        return f"CallResponse({self.operation}, request_id={self.request_id!r}, units={self.units})"


class _WithResponse:
    """The attributes of the response, for each kind of result."""

    response: CallResponse

    @property
    def result(self) -> Mapping[str, Any]:
        """The whole result as the API names it: `{"Ads": [...], "LimitedBy": 10000}`."""
        return self.response.result

    @property
    def request_id(self) -> str:
        """The API's RequestId, "" if none came; quote it to the API's support."""
        return self.response.request_id

    @property
    def request_ids(self) -> tuple[str, ...]:
        """The RequestIds of all calls that made up this result: several with split=True."""
        return self.response.request_ids or tuple(filter(None, [self.response.request_id]))

    @property
    def units(self) -> Units | None:
        """Units spent by the call, units left, daily limit, the login that paid; None if the response has none."""
        return self.response.units

    @property
    def raw(self) -> Response:
        """The HTTP response as it came: status, headers, body."""
        return self.response.raw

    @property
    def unknown(self) -> Mapping[str, int]:
        """Counts by `type.member` what the contract does not have; these values stay in the result."""
        return self.response.unknown


class Page(list[_Item], _WithResponse):
    """The objects of a get, as a list of dicts.

    Args:
        items: the objects.

    Attributes:
        response: the response that the page was read from.
        limited_by: the Offset of the next page; None on the last page.
    """

    def __init__(self, items: list[_Item], response: CallResponse) -> None:
        super().__init__(items)
        self.response = response
        self.limited_by: int | None = response.result.get("LimitedBy")

    def to_arrow(self) -> "pyarrow.Table":
        """Returns the objects as a table of pyarrow (the extra "arrow").

        It has a column for each requested member, also where no object has it, and for each other member of an object.
        Columns are typed by the contract: int64 for integers and micros, decimal128 for money with money="decimal",
        date32 for days, timestamp for moments, string for texts. An object inside an object is a text of JSON, which
        distinguishes nil, absent and empty. nil and absent members are null.

        Returns:
            The table, with the columns in the order of the contract.

        Raises:
            ConfigurationError: pyarrow is not installed.
            DecodeError: a value does not fit its column exactly.
        """
        with extras.needed("to_arrow", "arrow"):
            from . import page_tables  # noqa: PLC0415  an extra
        objects = cast("Sequence[Mapping[str, Any]]", self)
        response = self.response
        return page_tables.table(objects, response.operation, response.fields or {}, in_decimal=response.in_decimal)

    def to_pandas(self) -> "pandas.DataFrame":
        """Returns the objects as a DataFrame (the extra "pandas"), with the columns of to_arrow().

        Columns keep the types of pyarrow (pandas.ArrowDtype): ids with a null among them stay integers.

        Returns:
            The DataFrame.

        Raises:
            ConfigurationError: pandas or pyarrow is not installed.
            DecodeError: a value does not fit its column exactly.
        """
        return data_frame(self.to_arrow)

    def _repr_html_(self) -> str:
        """Returns the first objects as a table, for notebooks."""
        from yadirect_soap.html_table import counted, of_objects  # noqa: PLC0415  only a notebook needs it

        caption = f"{self.response.operation}: {counted(len(self), 'object')}"
        if self.limited_by is not None:
            caption += f"; more pages from Offset {self.limited_by}"
        return of_objects(caption, cast("Sequence[Mapping[str, Any]]", self))


class OperationResult(dict[str, Any], _WithResponse):
    """A result that is not one list of objects (Dictionaries.get, Changes.check, AgencyClients.add), as a dict.

    Attributes:
        response: the response that the result was read from.
    """

    def __init__(self, response: CallResponse) -> None:
        super().__init__(response.result)
        self.response = response

    def raise_for_errors(self) -> Self:
        """Raises an error if the result contains Errors, as that of AgencyClients.add may.

        Returns:
            The result itself.

        Raises:
            ItemsError: the result contains Errors.
        """
        item_result = ItemResult(0, self)
        if item_result.errors:
            raise _items_error([item_result], 1, self.response)
        return self


class Notification(NamedTuple):
    """An error or a warning about one item: its code, short text, and details or None.

    Attributes:
        code: the API's code.
        message: a short text in the language of the call.
        details: a longer text, or None.
    """

    code: int
    message: str
    details: str | None = None

    @property
    def advice(self) -> str:
        """The advice for the error, in the language of the message; "" if there is no advice for its code."""
        from yadirect_soap.protocol.advice import advice  # noqa: PLC0415  only an error needs it

        return advice(self.code, "ru" if any("а" <= letter <= "я" for letter in self.message.lower()) else "en")

    def __str__(self) -> str:
        text = f"{self.code} {self.message}" + (f" ({self.details})" if self.details else "")
        return one_line(text, _LONGEST_NOTIFICATION)


class ItemResult(NamedTuple):
    """The result of one item of a write.

    Attributes:
        index: the item's index in the list that was sent.
        result: the members that the API returned for it, by name.
    """

    index: int  # type: ignore[assignment]  # as enumerate() and the API's users have it; no one searches an outcome
    result: Mapping[str, Any]

    @property
    def id(self) -> int | str | None:
        """The object's id (or hash, or ClientId); None if the item failed."""
        several = self.result.get("Ids")
        if several:
            return next(iter(several), None)
        return next((self.result[name] for name in _IDS if self.result.get(name) is not None), None)

    @property
    def ids(self) -> tuple[int | str, ...]:
        """The ids of all objects that the item created (BidModifiers.add creates several)."""
        several = self.result.get("Ids")
        return tuple(several) if several else () if self.id is None else (self.id,)

    @property
    def errors(self) -> tuple[Notification, ...]:
        """Why the item failed; empty if it did not."""
        return _notifications(self.result.get("Errors"))

    @property
    def warnings(self) -> tuple[Notification, ...]:
        """The API's warnings about the item."""
        return _notifications(self.result.get("Warnings"))

    @property
    def ok(self) -> bool:
        """Whether the item succeeded: its result is not empty and has no errors."""
        return bool(self.result) and not self.errors


class ItemResults(list[ItemResult], _WithResponse):
    """The results of a write's items, in the order of the items.

    Args:
        results: the members that the API returned for each item.

    Attributes:
        response: the response that the results were read from.
        sent: how many items were sent; None if that is not known.
    """

    def __init__(self, results: list[dict[str, Any]], response: CallResponse, sent: int | None) -> None:
        super().__init__(ItemResult(index, result) for index, result in enumerate(results))
        self.response = response
        self.sent = sent

    def _repr_html_(self) -> str:
        """Returns the failed items first, as a table, for notebooks."""
        from yadirect_soap.html_table import of_results  # noqa: PLC0415  only a notebook needs it

        failures = list(self.failed())
        sent = len(self) if self.sent is None else self.sent
        caption = f"{self.response.operation}: {len(failures)} of {sent} items failed"
        return of_results(caption, [*failures, *(item_result for item_result in self if item_result.ok)])

    @property
    def ids(self) -> list[int | str | None]:
        """The id of each item, None for each failed one."""
        return [item_result.id for item_result in self]

    @property
    def errors(self) -> dict[int, tuple[Notification, ...]]:
        """The errors, by the index of the item."""
        return {item_result.index: item_result.errors for item_result in self if item_result.errors}

    @property
    def warnings(self) -> dict[int, tuple[Notification, ...]]:
        """The warnings, by the index of the item."""
        return {item_result.index: item_result.warnings for item_result in self if item_result.warnings}

    def failed(self) -> Iterator[ItemResult]:
        """Yields the results of the failed items."""
        return (item_result for item_result in self if not item_result.ok)

    def raise_for_errors(self) -> Self:
        """Raises an error if an item failed or has no result.

        Returns:
            The results themselves.

        Raises:
            ItemsError: an item failed or has no result; its `failures` are the failed items' results.
        """
        failures = list(self.failed())
        if failures or (self.sent is not None and self.sent != len(self)):
            raise _items_error(failures, self.sent if self.sent is not None else len(self), self.response, len(self))
        return self


Result = Page[dict[str, Any]] | ItemResults | OperationResult
"""What a call returns: of a get, of a write of a list of objects, of any other operation."""


def joined(parts: Sequence[ItemResults]) -> ItemResults:
    """Joins the results of several calls: indexes run on, units and unknown names are added up."""
    responses = [part.response for part in parts]
    name = next(iter(responses[-1].result), "")
    values = [dict(item_result.result) for part in parts for item_result in part]
    unknown: Counter[str] = Counter()
    for response in responses:
        unknown.update(response.unknown)
    response = responses[-1]._replace(
        result={name: values},
        units=added_units(response.units for response in responses),
        unknown=dict(unknown),
        request_ids=tuple(response.request_id for response in responses if response.request_id),
    )
    return ItemResults(values, response, sum(part.sent or 0 for part in parts))


def added_units(units: Iterable[Units | None]) -> Units | None:
    """Returns the cost of several calls together, with what the last one left; None if no response had Units."""
    costs = [cost for cost in units if cost is not None]
    return costs[-1]._replace(spent=sum(cost.spent for cost in costs)) if costs else None


def unpack(
    operation: Operation, response: CallResponse, sent: int | None
) -> Page[dict[str, Any]] | ItemResults | OperationResult:
    """Turns a response into a Page, ItemResults or OperationResult, by what the operation returns."""
    listed = operation.listed
    if listed is None:
        return OperationResult(response)
    values = response.result.get(listed.name) or []
    if None in values:
        path = f"$.{listed.name}[{values.index(None)}]"
        raise DecodeError(_("found nil, expected an object"), path=path, operation=operation.key)
    if gives_items(operation):
        return Page(values, response)
    if not values and sent != 0:
        message = _("$.{name}: found none, expected a result for each item", name=listed.name)
        raise DecodeError(message, operation=operation.key, request_id=response.request_id)
    return ItemResults(values, response, sent)


def requested_fields(params: Mapping[str, Any]) -> Mapping[str, Sequence[str]]:
    """Returns the lists among the params of a get that name fields."""
    return {name: tuple(names) for name, names in params.items() if name.endswith("FieldNames") and is_list(names)}


def gives_items(operation: Operation) -> bool:
    """Whether an operation reads a list of objects, which may come in pages."""
    # Not by the type: that of Bids.get has Errors too, because Bids.set returns the same type.
    return operation.listed is not None and reads(operation)


def reads(operation: Operation) -> bool:
    """Whether an operation changes no data, so that it may be repeated."""
    from yadirect_soap.protocol import facts  # noqa: PLC0415  an import of the package need not wait for it

    return facts.bundled().is_read(operation.service, operation.name)


def refuse_without_items(operation: Operation) -> None:
    """Raises ConfigurationError for an operation that returns no list of objects, before anything is sent."""
    if not gives_items(operation):
        raise ConfigurationError(_("only operations that return a list of objects have pages"), operation=operation.key)


def count_sent(operation: Operation, params: Mapping[str, Any]) -> int | None:
    """Counts the items that a write sends: objects, or ids to act on; None if that is not known."""
    lists: list[object] = [params.get(member.name) for member in operation.request.members if member.many]
    criteria = params.get("SelectionCriteria")
    if not lists and isinstance(criteria, Mapping):
        lists = list(criteria.values())
    return len(lists[0]) if len(lists) == 1 and is_list(lists[0]) else None


def _notifications(values: list[dict[str, Any]] | None) -> tuple[Notification, ...]:
    notifications = (value or {} for value in values or ())
    return tuple(
        Notification(notification.get("Code", 0), notification.get("Message", ""), notification.get("Details"))
        for notification in notifications
    )


def _advised(failures: Iterable[ItemResult]) -> list[str]:
    """Returns the advice for each code of the failures, once."""
    advice = {error.code: error.advice for item_result in failures for error in item_result.errors[:_SHOWN]}
    return [composed("{code}: {text}", code=code, text=text) for code, text in advice.items() if text]


def _why(failure: ItemResult) -> str:
    """Why an item failed."""
    notifications = "; ".join(map(str, failure.errors[:_SHOWN]))
    return notifications or _("its result is empty: it may have acted")


def _items_error(
    failures: list[ItemResult], sent: int, response: CallResponse, received_count: int | None = None
) -> ItemsError:
    lines: list[str] = [
        composed("[{index}] {reason}", index=failure.index, reason=_why(failure)) for failure in failures[:_SHOWN]
    ]
    if len(failures) > _SHOWN:
        lines.append(_("... and {count} more", count=len(failures) - _SHOWN))
    if received_count is not None and received_count != sent:
        values = {"count": received_count, "sent": sent}
        lines.append(_("{count} results came for {sent} items: those without one may have acted", **values))
    lines += _advised(failures[:_SHOWN])
    head = _("{failed} of {sent} items failed", failed=len(failures), sent=sent)
    return ItemsError(
        language.joined("\n  ", [head, *lines]),
        failures=failures,
        operation=response.operation,
        request_id=response.request_id,
    )

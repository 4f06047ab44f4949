"""ServiceProxy and OperationProxy, which are `direct.ads` and `direct.ads.get`; their types are in typed.pyi."""

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from yadirect_soap.errors import InvalidParamsError, Violation
from yadirect_soap.language import _
from yadirect_soap.protocol.contract import nearest
from yadirect_soap.protocol.model import Operation, Service
from yadirect_soap.protocol.validation import describe_value

from .item_iterator import ItemIterator
from .results import Page

if TYPE_CHECKING:
    import inspect


class Caller(Protocol):
    """The part of Direct that the proxies call."""

    def call(self, service: str, operation: str, params: Mapping[str, Any], /, *, split: bool) -> Any:
        """See Direct.call."""

    def items(
        self, service: str, operation: str, params: Mapping[str, Any], /, *, split: bool
    ) -> ItemIterator[dict[str, Any]]:
        """See Direct.items."""

    def pages(
        self, service: str, operation: str, params: Mapping[str, Any], /, *, split: bool
    ) -> Iterator[Page[dict[str, Any]]]:
        """See Direct.pages."""


class _Documentation:
    """The `__doc__` of a class as its docstring has it, and of an instance as a function describes the instance."""

    def __init__(self, of_class: str | None, of_instance: Callable[[Any], str]) -> None:
        self._of_class = of_class
        self._of_instance = of_instance

    def __get__(self, instance: object, owner: type) -> str | None:
        return self._of_class if instance is None else self._of_instance(instance)


class _Signature:
    """The `__signature__` of an instance; the class has none of its own, so that inspect reads its constructor."""

    def __get__(self, instance: "OperationProxy | None", owner: type) -> "inspect.Signature":
        if instance is None:
            raise AttributeError("__signature__")
        from .operation_help import operation_signature  # noqa: PLC0415  only who asks for it needs it

        return operation_signature(instance._operation)


class OperationProxy:
    """An operation, called with params by name: `direct.ads.get(SelectionCriteria=..., FieldNames=[...])`.

    Its docstring and its signature, for help() and inspect, are made from the contract when they are read.
    """

    __slots__ = ("_direct", "_operation")
    __doc__ = _Documentation(__doc__, lambda proxy: proxy._document())
    __signature__ = _Signature()

    def __init__(self, operation: Operation, direct: Caller) -> None:
        self._operation = operation
        self._direct = direct

    def __call__(self, /, *positional: object, split: bool = False, **params: Any) -> Any:
        """Calls the operation; see Direct.call for arguments, result and errors."""
        return self._direct.call(*self._names(positional), params, split=split)

    def pages(self, /, *positional: object, split: bool = False, **params: Any) -> Iterator[Page[dict[str, Any]]]:
        """Iterates over the pages of a get; see Direct.pages."""
        return self._direct.pages(*self._names(positional), params, split=split)

    def items(self, /, *positional: object, split: bool = False, **params: Any) -> ItemIterator[dict[str, Any]]:
        """Iterates over the objects of all pages, as their bytes arrive; see Direct.items."""
        return self._direct.items(*self._names(positional), params, split=split)

    def _document(self) -> str:
        from .operation_help import operation_document  # noqa: PLC0415  only who asks for it needs it

        return operation_document(self._operation)

    def _names(self, positional: tuple[object, ...]) -> tuple[str, str]:
        """Returns the names of service and operation; InvalidParamsError for positional params."""
        names = self._operation.service, self._operation.name
        if positional:
            argument = _("{value} without a name", value=describe_value(positional[0]))
            violation = Violation(
                "$", argument, _("params by their names: direct.{path}(**params)", path=".".join(names))
            )
            raise InvalidParamsError([violation], operation=self._operation.key)
        return names

    def __repr__(self) -> str:
        return f"<operation {self._operation.key}>"


class ServiceProxy:
    """A service, whose operations are its attributes; `pages` and `items` are those of its get.

    Its docstring, for help(), is made from the contract when it is read.
    """

    __slots__ = ("_direct", "_service")
    __doc__ = _Documentation(__doc__, lambda proxy: proxy._document())

    def __init__(self, service: Service, direct: Caller) -> None:
        self._service = service
        self._direct = direct

    def __getattr__(self, name: str) -> OperationProxy:
        if name.startswith("_"):
            raise AttributeError(name)
        operations = self._service.operations
        if name in operations:
            return OperationProxy(operations[name], self._direct)
        hint = nearest(name, operations)
        raise AttributeError(f"the service {self._service.name} has no operation {name!r}{hint}")

    def pages(self, /, *positional: object, split: bool = False, **params: Any) -> Iterator[Page[dict[str, Any]]]:
        """Iterates over the pages of get; see OperationProxy.pages."""
        return self.__getattr__("get").pages(*positional, split=split, **params)

    def items(self, /, *positional: object, split: bool = False, **params: Any) -> ItemIterator[dict[str, Any]]:
        """Iterates over the objects of all pages of get; see OperationProxy.items."""
        return self.__getattr__("get").items(*positional, split=split, **params)

    def _document(self) -> str:
        from .operation_help import service_document  # noqa: PLC0415  only who asks for it needs it

        return service_document(self._service)

    def __dir__(self) -> list[str]:
        return [*self._service.operations, "items", "pages"]

    def __repr__(self) -> str:
        return f"<service {self._service.name}: {', '.join(self._service.operations)}>"

"""The text of client/typed.pyi: the services with the types of their operations, which type checkers alone read."""

import re
from collections.abc import Iterator

from yadirect_soap.client.results import gives_items
from yadirect_soap.protocol.contract import Contract
from yadirect_soap.protocol.facts import Facts
from yadirect_soap.protocol.model import Operation, Service, Shape
from yadirect_soap.protocol.type_annotations import spelled, split

from . import docstring_facts
from .formatting import docstring, from_import

_HEAD = '''\
"""The services and their operations as a type checker sees them; at run time they are made by services.py.

Made from wsdl/ and facts.toml by `make generate`; not to be edited.
"""

from collections.abc import Iterator
from typing import Any, Literal, Unpack, overload

'''
_ROOT = '''\
class Services:
    """The services, which are attributes of Direct."""

'''
_MEMBER = "    "
_BODY = _MEMBER * 2
_NARROWER = "  # type: ignore[override]  # a dict takes any name"


def module(contract: Contract, facts: Facts) -> str:
    """The whole stub: Services, and a class for each of them."""
    schemas: set[str] = set()
    classes = [text for service in contract.values() for text in _Writer(service, facts, schemas).classes()]
    attributes = "".join(f"{_MEMBER}{service.name}: {service.title}\n" for service in contract.values())
    imports = "\n".join(
        (
            from_import("yadirect_soap.types", schemas),
            from_import(".item_iterator", ("ItemIterator",))
            + from_import(".results", ("ItemResults", "OperationResult", "Page")),
        )
    )
    return "\n".join([_HEAD + imports, _ROOT + attributes, *classes])


class _Writer:
    """Writes the class of a service, and before it those of its results and of what has pages.

    `schemas` gathers those whose types are named.
    """

    def __init__(self, service: Service, facts: Facts, schemas: set[str]) -> None:
        self._service = service
        self._facts = facts
        self._schemas = schemas

    def classes(self) -> Iterator[str]:
        """The classes, the service's last."""
        body = []
        for operation in self._service.operations.values():
            if operation.listed is None:
                yield self._flat(operation)
            if gives_items(operation):
                yield self._paged(operation)
                text = docstring(docstring_facts.of_operation(operation, self._facts), _MEMBER)
                body.append(f"{_MEMBER}{operation.name}: {self._named(operation)}\n{text}")
            else:
                body.append(self._call(operation, operation.name))
        get = self._service.operations.get("get")
        if get and gives_items(get):
            body += self._pages(get)
        title = self._service.title
        text = docstring([f"The service {title}.", self._facts.page(self._service.name)], _MEMBER)
        yield f"class {title}:\n{text}\n" + "\n".join(body)

    def _flat(self, operation: Operation) -> str:
        """A result whose members are known by name, as those of a TypedDict are; a dict would take any name."""
        values = {member.name: spelled(member, self._facts, sent=False) for member in operation.response.members}
        self._schemas.update(re.findall(r"(\w+)\.", " ".join(values.values())))
        overloads = [
            f"{_MEMBER}@overload{'' if index else _NARROWER}\n"
            f'{_MEMBER}def __getitem__(self, name: Literal["{name}"], /) -> {value}: ...\n'
            for index, (name, value) in enumerate(values.items())
        ]
        names = ", ".join(f'"{name}"' for name in values)
        get = f"{_MEMBER}def get(self, name: Literal[{names}], default: Any = None, /) -> Any: ...{_NARROWER}\n"
        text = docstring([f"What {operation.key} answers: a dict with no other names."], _MEMBER)
        return f"class {self._result(operation)}(OperationResult):\n{text}\n" + "".join([*overloads, get])

    def _paged(self, operation: Operation) -> str:
        text = docstring([f"{operation.key}, to be called, and its pages."], _MEMBER)
        methods = [self._call(operation, "__call__"), *self._pages(operation)]
        return f"class {self._named(operation)}:\n{text}\n" + "\n".join(methods)

    def _call(self, operation: Operation, name: str) -> str:
        text = docstring(docstring_facts.of_operation(operation, self._facts), _BODY)
        params = self._type(operation.request)
        split = ", *, split: bool = False" if operation.listed else ""
        return f"{_MEMBER}def {name}(self, /{split}, **params: Unpack[{params}]) -> {self._result(operation)}:\n{text}"

    def _pages(self, operation: Operation) -> list[str]:
        """The two methods that give all pages."""
        params, items = self._type(operation.request), self._result(operation)
        return [
            f"{_MEMBER}def {name}(self, /, *, split: bool = False, **params: Unpack[{params}]) -> {result}:\n"
            f'{_BODY}"""{text}"""\n'
            for name, result, text in (
                ("items", items.replace("Page[", "ItemIterator["), "The objects of all pages, one by one."),
                ("pages", f"Iterator[{items}]", "The pages, each asked for when it is wanted."),
            )
        ]

    def _result(self, operation: Operation) -> str:
        if operation.listed is None:
            return f"{self._named(operation)}Result"
        return f"Page[{self._type(operation.listed.shape)}]" if gives_items(operation) else "ItemResults"

    def _named(self, operation: Operation) -> str:
        return f"{self._service.title}{operation.name[0].upper()}{operation.name[1:]}"

    def _type(self, shape: Shape) -> str:
        schema, name = split(shape)
        self._schemas.add(schema)
        return f"{schema}.{name}"

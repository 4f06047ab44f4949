"""The texts of help() and inspect.signature() for services and operations, made from the contract on demand."""

import inspect

from yadirect_soap.protocol import facts, operation_text
from yadirect_soap.protocol.model import Operation, Service
from yadirect_soap.protocol.type_annotations import spelled, split

from .results import gives_items

_DEPTH = 3
"""Levels of members that are shown; strategies go so deep that a campaign has more than a thousand members."""


class _Annotation(str):
    """The name of a type, which a signature shows without quotes."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


class _LeftOut:
    """The default of a param that need not be given; what is left out is not sent."""

    def __repr__(self) -> str:
        return "..."


_LEFT_OUT = _LeftOut()


def operation_document(operation: Operation) -> str:
    """Describes an operation: units, limits, its page of the documentation, params and result."""
    names = f"{operation.service} {operation.name}"
    lines = operation_text.described(operation, _DEPTH)
    return "\n".join([*lines, "", f"All levels: yadirect-soap contract {names}"])


def service_document(service: Service) -> str:
    """Describes a service: its page of the documentation, and its operations with their params."""
    lines = [f"The service {service.title}."]
    if service.name in facts.bundled().pages:
        lines.append(facts.bundled().page(service.name))
    signatures = map(operation_text.signature, service.operations.values())
    first = next(iter(service.operations), "get")
    return "\n".join([*lines, "", *signatures, "", f"Of one operation: help(direct.{service.name}.{first})"])


def operation_signature(operation: Operation) -> inspect.Signature:
    """The params of an operation by name, with the types of yadirect_soap.types; a default `...` means left out."""
    api_facts = facts.bundled()
    required = inspect.Parameter.empty
    parameters = [
        _parameter(member.name, spelled(member, api_facts, sent=True), required if member.required else _LEFT_OUT)
        for member in operation.request.members
    ]
    if operation.listed is not None:
        parameters.append(_parameter("split", "bool", False))
    return inspect.Signature(parameters, return_annotation=_Annotation(_result(operation)))


def _parameter(name: str, annotation: str, default: object) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=_Annotation(annotation), default=default)


def _result(operation: Operation) -> str:
    if operation.listed is None:
        return "OperationResult"
    return f"Page[{'.'.join(split(operation.listed.shape))}]" if gives_items(operation) else "ItemResults"

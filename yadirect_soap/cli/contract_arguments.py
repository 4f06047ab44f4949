"""Arguments with shell completion: services and operations of the contract, types of reports, tables."""

from collections.abc import Callable
from typing import Any

import click

from .command_types import Decorated, argument


def service(help: str, **attributes: Any) -> Callable[[Decorated], Decorated]:
    """Decorates a function with the argument SERVICE."""
    return argument("service", help=help, shell_complete=_services, **attributes)


def operation(help: str, **attributes: Any) -> Callable[[Decorated], Decorated]:
    """Decorates a function with the argument OPERATION, which follows SERVICE."""
    return argument("operation", help=help, shell_complete=_operations, **attributes)


def report_types(_ctx: click.Context, _argument: click.Parameter, incomplete: str) -> list[str]:
    """Completes a type of report."""
    from yadirect_soap.protocol.reports import facts

    return [name for name in facts.bundled().report_types if name.startswith(incomplete.upper())]


def tables(_ctx: click.Context, _argument: click.Parameter, incomplete: str) -> list[str]:
    """Completes the name of a table."""
    from yadirect_soap.etl.tables import bundled

    return [name for name in bundled() if name.startswith(incomplete.lower())]


def _services(ctx: click.Context, _argument: click.Parameter, incomplete: str) -> list[str]:
    return [name for name in _contract(ctx) if name.startswith(incomplete.lower())]


def _operations(ctx: click.Context, _argument: click.Parameter, incomplete: str) -> list[str]:
    from yadirect_soap import UnknownNameError

    try:
        names = _contract(ctx).service(ctx.params.get("service") or "").operations
    except UnknownNameError:
        return []
    return [name for name in names if name.lower().startswith(incomplete.lower())]


def _contract(ctx: click.Context) -> Any:
    from .client_options import contract

    return contract({name: ctx.params.get(name) for name in ("wsdl", "profile")})

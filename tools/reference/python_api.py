"""The pages of the Python API, in docs/reference/python/: every public name, by its signature and its docstring."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import cast

import griffe

Page = tuple[str, str]

_ROOT = Path(__file__).resolve().parents[2]
_PACKAGE = "yadirect_soap"
_ERRORS = "errors"
_PAGES: Mapping[str, tuple[str, tuple[str, ...]]] = MappingProxyType(
    {
        "direct": ("Direct", ("Direct", "Contract")),
        "settings": ("Settings of calls", ("Settings", "Retry", "Timeouts")),
        "http": (
            "Middleware and HTTP clients",
            (
                "Middleware",
                "CallContext",
                "HttpClient",
                "Request",
                "Response",
                "StreamedResponse",
                "Headers",
                "Contract",
            ),
        ),
        "results": (
            "Results",
            ("Page", "ItemIterator", "ItemResults", "ItemResult", "OperationResult", "Notification", "Units"),
        ),
        "reports": ("Reports", ("client.reports.service.Reports", "Report", "Progress", "DateRange")),
        _ERRORS: ("Errors", ()),
        "money": ("Money", ("to_micros", "from_micros")),
        "emulator": ("Emulator", ("emulator.Emulator", "emulator.Clock")),
        "bulk": (
            "Bulk",
            (
                "bulk.run",
                "bulk.iterate",
                "bulk.plan",
                "bulk.plan_left",
                "bulk.status",
                "bulk.read_outcomes",
                "bulk.resend_unknown",
                "bulk.write_outcomes",
                "bulk.verify",
                "bulk.Options",
                "bulk.Summary",
                "bulk.Outcome",
                "bulk.PlannedCalls",
                "bulk.OutcomeFile",
                "bulk.Difference",
            ),
        ),
        "etl": (
            "Extraction and sync",
            (
                "etl.tables",
                "etl.snapshot",
                "etl.sync",
                "etl.partitions",
                "etl.read",
                "etl.dlt_source",
                "etl.read_report_tables",
                "etl.Policy",
                "etl.Batch",
                "etl.Progress",
                "etl.Summary",
                "etl.LoginSummary",
                "etl.Partition",
                "etl.ReportTable",
            ),
        ),
        "gateway": ("Gateway", ("gateway.application", "gateway.serving", "gateway.Options")),
        "xml": ("XML and the archive", ("XmlRequest", "XmlResponse", "Archive", "ArchivedCall")),
        "testing": ("The pytest plugin", ("testing",)),
    }
)
"""Each page's title, and the objects on it by their paths; the errors are all that the package exports."""


def pages() -> Iterator[Page]:
    """Every page, by its file's name under docs/reference/, and their navigation."""
    package = _loaded()
    yield "python/.nav.yml", "nav:\n" + "".join(f'  - "{title}": {name}.md\n' for name, (title, _) in _PAGES.items())
    for name, (title, paths) in _PAGES.items():
        objects = _errors(package) if name == _ERRORS else [_object(package, path) for path in paths]
        yield (
            f"python/{name}.md",
            "\n".join([f"# {title}", "", *(line for shown in objects for line in _object_lines(shown))]),
        )


def _loaded() -> griffe.Module:
    loader = griffe.GriffeLoader(
        search_paths=[_ROOT],
        docstring_parser=griffe.Parser.google,
        docstring_options={"returns_multiple_items": False},  # a result described in three lines is one result
    )
    package = loader.load(_PACKAGE)
    loader.resolve_aliases(implicit=True, external=False)
    return cast("griffe.Module", package)


def _object(package: griffe.Module, path: str) -> griffe.Object:
    return _resolved(package[path])


def _errors(package: griffe.Module) -> list[griffe.Object]:
    errors = cast("griffe.Module", package["errors"])
    exported = set(package.exports or ())
    return [_resolved(member) for name, member in errors.classes.items() if name in exported]


def _resolved(member: griffe.Object | griffe.Alias) -> griffe.Object:
    return member.final_target if isinstance(member, griffe.Alias) else member


def _object_lines(shown: griffe.Object) -> Iterator[str]:
    if isinstance(shown, griffe.Function):
        yield from _callable_lines(shown, level=2)
    elif isinstance(shown, griffe.Module):
        yield from (*_docstring_lines(shown), "", *_functions(shown, level=2))
    else:
        yield from _class_lines(shown)


def _class_lines(shown: griffe.Object) -> Iterator[str]:
    yield from (f"## {shown.name}", "")
    bases = [text for base in getattr(shown, "bases", ()) if not (text := str(base)).startswith(("_", "Services"))]
    if bases:
        yield from (f"Bases: `{', '.join(bases)}`", "")
    init = shown.members.get("__init__")
    if isinstance(init, griffe.Function):
        yield from ("```py", _signature(init, shown.name), "```", "")
    yield from (*_docstring_lines(shown), "")
    described = [
        f"- `{attribute.name}`: {_linked(attribute.docstring.value)}"
        for attribute in shown.attributes.values()
        if _is_public(attribute) and attribute.docstring is not None
    ]
    if described:
        yield from (f"**{_TABLES[griffe.DocstringSectionKind.attributes]}**", "", *described)
    yield from ("", *_functions(shown, level=3))


def _functions(shown: griffe.Object, level: int) -> Iterator[str]:
    """Its public functions; those that pytest calls by their names are no one else's."""
    for function in shown.functions.values():
        if _is_public(function) and not function.name.startswith("pytest_"):
            yield from _callable_lines(function, level)


def _callable_lines(function: griffe.Function, level: int) -> Iterator[str]:
    yield from (f"{'#' * level} {function.name}", "", "```py", _signature(function), "```", "")
    yield from (*_docstring_lines(function), "")


def _signature(function: griffe.Function, class_name: str = "") -> str:
    """A call of a function, or of a class by its `__init__`."""
    parameters = [parameter for parameter in function.parameters if parameter.name not in ("self", "cls")]
    inside = ",\n".join(f"    {_parameter(parameter)}" for parameter in parameters)
    returns = f" -> {function.returns}" if function.returns is not None and not class_name else ""
    name = class_name or function.name
    return f"{name}(\n{inside},\n){returns}" if parameters else f"{name}(){returns}"


def _parameter(parameter: griffe.Parameter) -> str:
    star = {griffe.ParameterKind.var_positional: "*", griffe.ParameterKind.var_keyword: "**"}
    text = star.get(parameter.kind, "") + parameter.name if parameter.kind else parameter.name
    if parameter.annotation is not None:
        text += f": {parameter.annotation}"
    return text if parameter.default is None or parameter.kind in star else f"{text} = {parameter.default}"


def _docstring_lines(shown: griffe.Object) -> Iterator[str]:
    for section in shown.docstring.parsed if shown.docstring else ():
        if section.kind is griffe.DocstringSectionKind.text:
            yield from (_linked(section.value), "")
        elif section.kind in _TABLES:
            yield from (f"**{_TABLES[section.kind]}**", "")
            yield from (f"- {_element(element)}" for element in section.value)
            yield ""


_TABLES: Mapping[griffe.DocstringSectionKind, str] = MappingProxyType(
    {
        griffe.DocstringSectionKind.parameters: "Args",
        griffe.DocstringSectionKind.returns: "Returns",
        griffe.DocstringSectionKind.yields: "Yields",
        griffe.DocstringSectionKind.raises: "Raises",
        griffe.DocstringSectionKind.attributes: "Attributes",
    }
)


def _element(element: griffe.DocstringNamedElement | griffe.DocstringRaise) -> str:
    name = getattr(element, "name", "") or str(element.annotation or "")
    description = " ".join(element.description.split())
    return _linked(f"`{name}`: {description}" if name else description)


def _linked(text: str) -> str:
    """A text whose bare addresses are links."""
    return re.sub(r"(?<![<(`\w])https://[^\s<>()`]*[^\s<>()`.,;:]", r"<\g<0>>", text)


def _is_public(member: griffe.Object | griffe.Alias) -> bool:
    return not member.name.startswith("_") and member.docstring is not None

"""`yadirect-soap call SERVICE OPERATION [PARAMS]`: makes one call and prints its result."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from yadirect_soap import ConfigurationError, InvalidParamsError, ItemsError
from yadirect_soap.language import _, ngettext, spoken

from . import client_options, contract_arguments, notices, output, progress, result_formats
from . import params as params_text
from .command_types import argument, command, option
from .exit_codes import Stage

if TYPE_CHECKING:
    from yadirect_soap import Direct, ItemResults, OperationResult, Page
    from yadirect_soap.protocol.model import Operation

_PROGRESS_STEP = 100
"""The number of objects after which the progress is updated."""

_EXAMPLES = """\b
Examples:
  yadirect-soap call campaigns get --columns Id,Name,State
  yadirect-soap call campaigns get '{"FieldNames": ["Id", "Name"]}'
  yadirect-soap call keywords add @keywords.yaml --transport json
  yadirect-soap call ads get @query.json --all --out ads.jsonl
  yadirect-soap call ads update @ads.jsonl --split --cost
"""


@command("call", no_args_is_help=True, epilog=_EXAMPLES)
@contract_arguments.service("such as campaigns")
@contract_arguments.operation("such as get")
@argument(
    "params",
    required=False,
    shell_complete=params_text.complete,
    help="a text, @FILE, or - for stdin (default: {})",
)
@option("--params-file", metavar="FILE", help="the same as @FILE; - is stdin")
@option(
    "--params-format",
    type=click.Choice(params_text.FORMATS),
    help="the format of PARAMS; jsonl: one object of an add or update per line (default: by the ending of FILE)",
)
@option(
    "--output",
    "format",
    type=click.Choice(result_formats.FORMATS),
    help="default: by the ending of --out, else json",
)
@option("--columns", metavar="A,B.C", help="members for a table, csv, tsv and jsonl; a get requests them")
@option(
    "--out", default=output.STDOUT, metavar="FILE", help="the file to write, completely or not at all (default: stdout)"
)
@option("--all", "all_pages", is_flag=True, help="read all pages (default output: jsonl, one object per line)")
@option("--split", is_flag=True, help="send a list that is too long for one call in several calls")
@option("--show-request", "shows", is_flag=True, help="print the request and send nothing")
@option("--cost", is_flag=True, help="show how many units it would cost and send nothing")
@client_options.add
def call(service: str, operation: str, params: str | None, **options: Any) -> None:
    """Call one operation and print its result.

    The token comes from YADIRECT_TOKEN, --token-file or a profile; the other settings from YADIRECT_* too.
    """
    from yadirect_soap import Direct

    _refuse_contradictions(options)
    called = client_options.contract(options).operation(service, operation)
    plan = _plan(called, params, options)
    sends = not (options["shows"] or options["cost"])
    with plan.given.naming_lines(), Direct.from_env(**client_options.settings(options, sends=sends)) as direct:
        if options["shows"]:
            _show(direct, plan)
        elif options["cost"]:
            print(spoken(_cost_text(direct, plan)))
        elif options["all_pages"]:
            _call_all_pages(direct, plan)
        else:
            _call(direct, plan)


class _Plan(NamedTuple):
    """A call with its checked params, and the output of its result."""

    operation: "Operation"
    given: params_text.Params
    params: dict[str, Any]
    """The given params, with the names of the fields that the columns need."""
    format: str
    columns: result_formats.Columns | None
    out: str
    split: bool


_EXCLUSIVE = (("shows", "all_pages"), ("shows", "cost"))


def _refuse_contradictions(options: Mapping[str, Any]) -> None:
    names = {"shows": "--show-request", "all_pages": "--all", "cost": "--cost"}
    for name, excluded in _EXCLUSIVE:
        if options[name] and options[excluded]:
            raise ConfigurationError(
                _("{option} and {other} exclude each other", option=names[name], other=names[excluded])
            )


def _plan(operation: "Operation", params: str | None, options: Mapping[str, Any]) -> _Plan:
    """Reads params and columns, so that every mistake in the options is reported before anything is sent."""
    from . import columns

    if options["params_file"] is not None:
        if params is not None:
            raise ConfigurationError(_("PARAMS and --params-file exclude each other"))
        params = f"@{options['params_file']}"  # "@-" is stdin
    out, text = options["out"], options["columns"]
    format = result_formats.choose(options["format"], out, text, all_pages=options["all_pages"])
    given = params_text.read(params, operation, options["params_format"])
    values = given.values
    selected = columns.parse(text, operation) if text else None
    if selected:
        values = columns.with_field_names(operation, values, selected)
    return _Plan(operation, given, values, format, selected, out, options["split"])


def _call_all_pages(direct: "Direct", plan: _Plan) -> None:
    from . import columns

    operation, is_shown = plan.operation, plan.out == output.STDOUT
    selected = plan.columns
    if selected is None and plan.format in ("table", "csv"):
        selected = columns.of_params(operation, plan.params)
    with output.to(plan.out) as write, progress.Lines(plan.out) as lines:
        items = direct.items(operation.service, operation.name, plan.params, split=plan.split)
        objects = _with_progress(items, lines, operation)
        for line in result_formats.lines(plan.format, objects, selected, is_shown=is_shown):
            write(line)


def _with_progress(items: Iterable[Any], lines: progress.Lines, operation: "Operation") -> Iterator[Any]:
    lines.show(operation.key)
    for count, item in enumerate(items, 1):
        if not count % _PROGRESS_STEP:
            lines.show(operation.key, ngettext("{count:,} object", "{count:,} objects", count))
        yield item


def _call(direct: "Direct", plan: _Plan) -> None:
    """Makes the call and writes its whole result; then raises an error if items failed."""
    from yadirect_soap import Page
    from yadirect_soap.protocol import facts

    stage, failure = Stage(), None
    operation = plan.operation
    key = "" if facts.bundled().is_read(operation.service, operation.name) else operation.key
    if plan.format == "xml" and direct.settings.transport != "soap":
        raise ConfigurationError(_("--output xml shows what came over SOAP: leave out --transport json"))
    try:
        with stage.noted(), output.to(plan.out) as write:
            stage.note = key and _("{key} may have acted: read back before you repeat it", key=key)
            result = direct.call(operation.service, operation.name, plan.params, split=plan.split)
            stage.note = key and _("{key} was carried out, and its result was not written", key=key)
            failure = _failure(result)
            for text in _output_texts(plan, result):
                write(text)
    except OSError as error:
        if failure is None:
            raise
        failure.add_note(_("the result was not written: {error}", error=error))
    if failure is not None:
        raise failure
    if isinstance(result, Page) and result.limited_by is not None:
        notices.note(_("more objects follow from Offset {offset}; --all fetches them", offset=result.limited_by))


def _output_texts(plan: _Plan, result: "Page[Any] | ItemResults | OperationResult") -> Iterator[str]:
    """Yields the texts of the result in the chosen format."""
    from . import columns

    is_shown = plan.out == output.STDOUT
    if plan.format in ("json", "xml"):
        yield result_formats.single_result(plan.format, result.result, result.raw.body, is_shown=is_shown)
        return
    selected = plan.columns
    if selected is None and plan.format != "jsonl":
        selected = columns.of_params(plan.operation, plan.params, result.result)
    rows = columns.rows_of(plan.operation, result.result, plan.columns)
    yield from result_formats.lines(plan.format, rows, selected, is_shown=is_shown)


def _failure(result: "Page[Any] | ItemResults | OperationResult") -> ItemsError | None:
    """Returns the error for failed items; None if none failed."""
    from yadirect_soap import Page

    try:
        if not isinstance(result, Page):
            result.raise_for_errors()
    except ItemsError as error:
        return error
    return None


def _show(direct: "Direct", plan: _Plan) -> None:
    request = direct.build_request(plan.operation.service, plan.operation.name, plan.params)
    print(f"{request.method} {request.address}")
    for name, value in request.headers.masked().items():
        print(f"{name}: {value}")
    print(f"\n{request.body.decode()}")


def _cost_text(direct: "Direct", plan: _Plan) -> str:
    """Returns the cost of the call in words; the params are checked as before sending."""
    from yadirect_soap.protocol import estimate, facts

    operation = plan.operation
    if plan.split:
        _check_split(direct, plan)
    else:
        direct.build_request(operation.service, operation.name, plan.params)
    try:
        price = estimate.estimate(operation, plan.params, facts.bundled())
    except KeyError:
        raise ConfigurationError(_("the documentation has no price of {key}", key=operation.key)) from None
    return price.in_words()


def _check_split(direct: "Direct", plan: _Plan) -> None:
    """Checks params of a call that is split; so lists may be longer than in one call."""
    from yadirect_soap.protocol import facts, limits, validation

    settings = direct.settings
    if settings.check != "error" or settings.money != "micros":
        return  # amounts in units of the currency do not fit the contract before they are converted
    violations = validation.check(plan.params, plan.operation.request)
    violations += limits.check_limits(plan.operation, plan.params, facts.bundled(), sizes=False)
    if violations:
        raise InvalidParamsError(violations, operation=plan.operation.key)

"""Summary: the result of a sync, per login."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from yadirect_soap.errors import BudgetExceededError, DirectError


class LoginSummary(NamedTuple):
    """The result of a run for one login.

    Attributes:
        login: the login.
        written: the number of rows that were written, by table.
        deleted: the number of rows whose objects were deleted, by table.
        units: the units that the run cost.
        seconds: how long it took.
        error: the error that stopped the run; the next run continues there.
        lost: the names of tables that the destination had lost, in whole or in part, and that are read again.
    """

    login: str
    written: Mapping[str, int]
    deleted: Mapping[str, int]
    units: int
    seconds: float
    error: DirectError | None = None
    lost: Sequence[str] = ()


@dataclass(frozen=True)
class Summary:
    """The result of a run, per login.

    Attributes:
        logins: a record for each login; for an agency, the first one is that of the table `agencyclients`, if it is
            read.
    """

    logins: Sequence[LoginSummary]

    @property
    def errors(self) -> Mapping[str, DirectError]:
        """The errors that stopped the run of a login, by login."""
        return {
            login_summary.login: login_summary.error for login_summary in self.logins if login_summary.error is not None
        }

    @property
    def exit_code(self) -> int:
        """The exit code of `yadirect-soap sync` for this result: 0 if every login is up to date.

        It is that of the errors if they all have the same and no login is up to date, or if all are 6 (units ran
        short); else 1.
        """
        codes = {error.exit_code for error in self.errors.values()}
        if not codes:
            return 0
        is_shared = len(codes) == 1 and len(self.errors) == len(self.logins)
        return codes.pop() if is_shared or codes == {BudgetExceededError.exit_code} else 1

    def _repr_html_(self) -> str:
        """The first logins as a table, for notebooks."""
        from yadirect_soap import html_table

        names = ["login", "written", "deleted", "units", "seconds", "error"]
        rows = [
            (
                one.login,
                sum(one.written.values()),
                sum(one.deleted.values()),
                one.units,
                round(one.seconds, 1),
                one.error or "",
            )
            for one in self.logins[: html_table.ROWS]
        ]
        caption = f"{html_table.counted(len(self.logins), 'login')}, {len(self.errors)} stopped by an error"
        return html_table.table(caption, names, rows)

    def raise_for_errors(self) -> "Summary":
        """Returns itself, or raises the error of the first login that was stopped.

        Raises:
            DirectError: the error that stopped the first login.
        """
        for error in self.errors.values():
            raise error
        return self

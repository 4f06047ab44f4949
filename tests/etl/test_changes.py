"""What sync() asks the service Changes."""

import pytest

from tests.etl.test_sync import Account


@pytest.mark.parametrize("minutes", [30, 300])
def test_a_clock_that_was_set_back_hides_no_change(minutes: int) -> None:
    """What changed after the API's clock was set back has an earlier time than the last run, and is read too."""
    with Account(deletes_in_changes=False) as account:
        account.editor.wait(86400)
        account.sync()
        account.editor.wait(-60 * minutes)
        account.editor.update("adgroups", Id=account.editor.pick("adgroups", 0), Name="Benches")
        for _ in range(2):
            account.editor.wait(60)
            account.sync()
        assert account.differences() == {}

"""What a release writes: the version, the day in the changelog; and a commit's subject."""

import pytest

from tools.commit_subject import violations
from tools.release import with_day, with_version

CHANGELOG = "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- This.\n\n## [0.1.0] - 2026-01-01\n\n- That.\n"


@pytest.mark.parametrize("version", ["0.1.0", "0.1.1", "0.2.0rc1", "1.0.0"])
def test_a_version_is_set(version: str) -> None:
    """The module tells the version given, and is otherwise the same."""
    assert with_version('a = 1\n__version__ = "0.1.0"\n', version) == f'a = 1\n__version__ = "{version}"\n'


@pytest.mark.parametrize("version", ["0.0.9", "0.1.0rc1", "0.1", "v0.2.0", ""], ids=str)
def test_a_version_that_goes_back_or_is_none_is_refused(version: str) -> None:
    """A version before the present one, or none at all, is refused."""
    with pytest.raises(ValueError, match=r"before|no version"):
        with_version('__version__ = "0.1.0"\n', version)


def test_the_changelog_gets_the_day() -> None:
    """What was unreleased stands under the version and its day, and Unreleased is empty again."""
    written = with_day(CHANGELOG, "0.2.0", "2026-02-03")
    assert "## [Unreleased]\n\n## [0.2.0] - 2026-02-03\n\n### Added\n\n- This.\n" in written
    assert written.endswith("## [0.1.0] - 2026-01-01\n\n- That.\n")


@pytest.mark.parametrize(
    ("changelog", "version"),
    [(CHANGELOG, "0.1.0"), ("## [Unreleased]\n\n## [0.1.0]\n", "0.2.0"), ("# Changelog\n", "0.2.0")],
    ids=["released already", "nothing to release", "no section"],
)
def test_a_changelog_without_the_release_is_refused(changelog: str, version: str) -> None:
    """A release that the changelog has, or says nothing of, is refused."""
    with pytest.raises(ValueError, match="changelog"):
        with_day(changelog, version, "2026-02-03")


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("Refuse an offset that repeats", []),
        ("x" * 72 + "\n\nBecause.\n", []),
        ("# a comment of git\nFix it\n", []),
        ("x" * 73, ["the subject has 73 characters, at most 72"]),
        ("Fix it.", ["the subject ends with a full stop"]),
        ("Fix it\nbecause", ["an empty line is missing between subject and body"]),
        ("", ["the subject is empty"]),
    ],
    ids=["plain", "72 and a body", "comment", "73", "full stop", "no empty line", "empty"],
)
def test_a_subject_is_judged(message: str, expected: list[str]) -> None:
    """A commit's subject keeps the house's rules, or is told which it breaks."""
    assert list(violations(message)) == expected

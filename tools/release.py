"""A release: `make release VERSION=0.2.0` checks, sets version and day, builds, commits and tags.

Nothing is pushed or uploaded: the last lines say how.
"""

import argparse
import datetime
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_VERSION_FILE = ROOT / "yadirect_soap" / "__init__.py"
_CHANGELOG = ROOT / "CHANGELOG.md"
_VERSION = re.compile(r"(\d+)\.(\d+)\.(\d+)(?:(a|b|rc)(\d+))?")
_ASSIGNED = re.compile(r'^__version__ = "(.*)"$', re.MULTILINE)
_UNRELEASED = "## [Unreleased]\n"
_FINAL = "z"
"""Sorts behind a, b and rc: a release comes after its candidates."""


def main() -> None:
    """Makes the release that the command line names; exits with what is in the way."""
    parser = argparse.ArgumentParser(prog="python -m tools.release", description=__doc__)
    parser.add_argument("version")
    parser.add_argument("--unchecked", action="store_true", help="leave out .ci/run, which has just passed")
    arguments = parser.parse_args()
    version: str = arguments.version
    code, changelog = _VERSION_FILE.read_text("utf-8"), _CHANGELOG.read_text("utf-8")
    try:
        new_code, new_changelog = with_version(code, version), with_day(changelog, version, _today())
    except ValueError as error:
        sys.exit(str(error))
    if _git("status", "--porcelain") or _git("branch", "--show-current") != "main":
        sys.exit("a release is made of a clean checkout of main")
    if not arguments.unchecked:
        _run("bash", ".ci/run")
    _VERSION_FILE.write_text(new_code, "utf-8")
    _CHANGELOG.write_text(new_changelog, "utf-8")
    shutil.rmtree(ROOT / "dist", ignore_errors=True)
    _run(sys.executable, "-m", "build")
    built = sorted(str(path) for path in (ROOT / "dist").iterdir())
    _run(sys.executable, "-m", "twine", "check", "--strict", *built)
    _run("git", "commit", "--quiet", "--all", "--message", f"Release {version}")
    _run("git", "tag", "--annotate", f"v{version}", "--message", f"Version {version}")
    print(f"then: git push --follow-tags; twine upload {' '.join(built)}")  # noqa: T201  a command's output


def with_version(code: str, version: str) -> str:
    """The package's module with another `__version__`; ValueError for a version that does not come after it."""
    current = _ASSIGNED.search(code)
    if current is None:
        raise ValueError("the package has no __version__")
    if _order(version) < _order(current[1]):
        raise ValueError(f"{version} is before {current[1]}")
    return _ASSIGNED.sub(f'__version__ = "{version}"', code)


def with_day(changelog: str, version: str, day: str) -> str:
    """The changelog with what is unreleased under a version and its day; ValueError where nothing is."""
    head, _, other_entries = changelog.partition(_UNRELEASED)
    if not other_entries.partition("\n## ")[0].strip():
        raise ValueError("the changelog tells nothing under Unreleased")
    if f"## [{version}]" in changelog:
        raise ValueError(f"the changelog has {version} already")
    return f"{head}{_UNRELEASED}\n## [{version}] - {day}\n{other_entries}"


def _order(version: str) -> tuple[int, int, int, str, int]:
    parts = _VERSION.fullmatch(version)
    if parts is None:
        raise ValueError(f"{version!r} is no version like 1.2.3 or 1.2.3rc1")
    return int(parts[1]), int(parts[2]), int(parts[3]), parts[4] or _FINAL, int(parts[5] or 0)


def _today() -> str:
    return datetime.datetime.now(datetime.UTC).date().isoformat()


def _git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()


def _run(*command: str) -> None:
    subprocess.run(command, cwd=ROOT, check=True)


if __name__ == "__main__":
    main()

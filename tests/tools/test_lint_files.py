"""The house rules that are checked by a tool of our own: what each refuses and what it passes."""

import pytest

from tools.lint_files import check

OPENING = '"""What lives here."""\n'
LONG_FUNCTION = "def f():\n" + "    pass\n" * 60
CODE = "yadirect_soap/client/made.py"
TEST = "tests/test_made.py"

REFUSED = {
    "no docstring": (CODE, "x = 1\n", "does not say in a docstring what lives in it"),
    "long function": (CODE, OPENING + LONG_FUNCTION, "line 2: f has 61 lines, at most 60"),
    "long module": (CODE, OPENING + "\n" * 500, "has 501 lines, at most 500"),
    "name": ("yadirect_soap/client/utils.py", OPENING, "'utils' is a name that fits anything"),
    "folder": ("tools/helpers/made.py", OPENING, "'helpers' is a name that fits anything"),
    "test without a docstring": (
        TEST,
        OPENING + "def test_a():\n    pass\n",
        "line 2: test_a does not state its fact in a docstring of one sentence",
    ),
    "dict": (CODE, OPENING + "NAMES = {}\n", "line 2: mutable state NAMES"),
    "annotated list": (CODE, OPENING + "names: list[str] = []\n", "line 2: mutable state names"),
    "constructed": (CODE, OPENING + "cache = collections.defaultdict(list)\n", "line 2: mutable state cache"),
    "global": (CODE, OPENING + "def f():\n    global count\n    count = 1\n", "line 3: global count"),
    "an error that is no message": (
        CODE,
        OPENING + 'raise ConfigurationError(f"{path}: found nothing")\n',
        "line 2: '{}: found nothing' is no message; write _('{}: found nothing'...)",
    ),
    "a value of a message": (
        CODE,
        OPENING + 'def f():\n    found = f"the ending {ending}"\n    return _("{found}, expected tsv", found=found)\n',
        "line 3: 'the ending {}' is no message; write _('the ending {}'...)",
    ),
    "the English of another error": (
        CODE,
        OPENING + "raise ConfigurationError(str(error)) from None\n",
        "line 2: str(error) keeps the English alone; write in_words(...)",
    ),
    "a note that is no message": (
        "yadirect_soap/cli/made.py",
        OPENING + 'notices.note("nothing was sent")\n',
        "line 2: 'nothing was sent' is no message; write _('nothing was sent'...)",
    ),
    "home directory": ("docs/made.md", "see /" + "home/user/notes", "line 1: names a directory of a machine"),
}
PASSED = {
    "mapping proxy": (CODE, OPENING + "NAMES = MappingProxyType({'a': 1})\n"),
    "frozenset": (CODE, OPENING + "NAMES = frozenset({'a'})\n"),
    "__all__": (CODE, OPENING + "__all__ = ['a']\n"),
    "60 lines": (CODE, OPENING + LONG_FUNCTION.removesuffix("    pass\n")),
    "a test with its fact": (TEST, OPENING + 'def test_a():\n    """A fact."""\n'),
    "a message": (CODE, OPENING + 'raise ConfigurationError(_("{path}: found nothing", path=path))\n'),
    "an error of a programmer": (CODE, OPENING + 'raise TypeError("found no text")\n'),
    "an error over the wire": ("yadirect_soap/emulator/http/made.py", OPENING + 'raise Refusal(400, "no line")\n'),
    "help": ("yadirect_soap/cli/made.py", OPENING + 'option("--a", help="what is written")\n'),
    "a line of the log": ("yadirect_soap/cli/made.py", OPENING + 'LOGGER.info("%s was sent", name)\n'),
    "an address": ("docs/made.md", "https://example.com/home/page"),
}


@pytest.mark.parametrize(("path", "text", "violation"), REFUSED.values(), ids=REFUSED)
def test_a_rule_refuses(path: str, text: str, violation: str) -> None:
    """A file that breaks one rule is reported with that rule, and with its line where there is one."""
    assert list(check(path, text)) == [violation]


@pytest.mark.parametrize(("path", "text"), PASSED.values(), ids=PASSED)
def test_a_rule_passes(path: str, text: str) -> None:
    """What keeps the rules is passed in silence."""
    assert list(check(path, text)) == []

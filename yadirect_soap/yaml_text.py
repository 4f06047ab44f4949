"""Reads YAML of users by the rules of YAML 1.2.

NO is a text and not false; 2026-06-01 and 12:30 are texts.  Numbers are int or Decimal.  A duplicate name in an
object is an error.  PyYAML is an extra.
"""

import re
from decimal import Decimal
from typing import Any

from yadirect_soap.language import _

from . import extras


def parse(text: str) -> Any:
    """Returns the data of a text.

    Raises:
        ConfigurationError: PyYAML is not installed.
        ValueError: the text is no YAML, or has a duplicate name or one that is no text; the message has the line.
    """
    with extras.needed(_("reading YAML (JSON and TOML need nothing)"), "yaml"):
        import yaml  # noqa: PLC0415  an extra
    try:
        return yaml.load(text, _loader())  # noqa: S506  a subclass of SafeLoader
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from error


def add_member(object_: dict[str, Any], name: object, value: Any) -> None:
    """Adds a member to an object; ValueError for a name that is no text, or that is there already."""
    if not isinstance(name, str):
        raise ValueError(_("found the name {name!r}, expected a text", name=name))
    if name in object_:
        raise ValueError(_("{name!r} stands twice in one object", name=name))
    object_[name] = value


def _loader() -> Any:
    """Returns a SafeLoader by the core schema of YAML 1.2, without its floats."""
    import yaml  # noqa: PLC0415  an extra

    class Loader(yaml.SafeLoader):
        yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012  PyYAML's own name and type

        def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
            result: dict[str, Any] = {}
            for key, value in node.value:
                name = self.construct_object(key, deep=True)
                try:
                    add_member(result, name, self.construct_object(value, deep=True))
                except ValueError as error:
                    raise yaml.constructor.ConstructorError(None, None, str(error), key.start_mark) from None
            return result

    for tag, pattern, first in (
        ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
        ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
        ("int", r"[-+]?[0-9]+", list("-+0123456789")),
        ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+.0123456789")),
    ):
        Loader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(rf"^(?:{pattern})$"), first)
    Loader.add_constructor("tag:yaml.org,2002:int", lambda _, node: int(node.value))
    Loader.add_constructor("tag:yaml.org,2002:float", lambda _, node: Decimal(node.value))
    return Loader

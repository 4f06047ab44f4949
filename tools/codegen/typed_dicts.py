"""The text of a module of types: TypedDicts and Literals with the names of the contract."""

import keyword
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from yadirect_soap.protocol.contract import Contract
from yadirect_soap.protocol.facts import Facts
from yadirect_soap.protocol.model import Kind, Member, Shape
from yadirect_soap.protocol.type_annotations import spelled, split

from . import docstring_facts
from .formatting import docstring, from_import, literal
from .type_usage import Use

_HEAD = '''\
"""{title}: what its operations send and answer, by the names of the contract.

Made from wsdl/{source} and facts.toml by `make generate`; not to be edited.
"""

'''
_IMPORTED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "collections.abc": ("Sequence",),
        "datetime": ("date", "datetime"),
        "decimal": ("Decimal",),
        "typing": ("Literal", "NotRequired", "TypedDict"),
    }
)


def module(name: str, uses: Mapping[str, Use], contract: Contract, facts: Facts) -> str:
    """The module of a service, or of a schema that services share."""
    title, source = (contract[name].title, f"{name}.wsdl") if name in contract else (name, f"{name}.xsd")
    writer = _Writer(name, facts)
    definitions = "".join(writer.definition(own, use) for own, use in uses.items())
    return _HEAD.format(title=title, source=source) + writer.imports() + definitions


class _Writer:
    """Writes the definitions of a module one after the other, and then the imports that they need."""

    def __init__(self, schema: str, facts: Facts) -> None:
        self._schema = schema
        self._facts = facts
        self._defined: set[str] = set()
        self._named: set[str] = set()

    def definition(self, name: str, use: Use) -> str:
        """An enumeration as a Literal, an object as a TypedDict."""
        if use.shape.kind is Kind.ENUM:
            self._named.add("Literal")
            sentences = list(docstring_facts.beyond_wsdl(use.shape))
            text = "\n" + literal(f"{name} = ", use.shape.values) + (docstring(sentences, "") if sentences else "")
        else:
            self._named.add("TypedDict")
            text = "\n\n" + self._typed_dict(name, use)
        self._defined.add(name)
        return text

    def imports(self) -> str:
        """The imports of what the definitions name, in ruff's order."""
        standard = [from_import(origin, self._named.intersection(names)) for origin, names in _IMPORTED.items()]
        others = {name.partition(".")[0] for name in self._named if "." in name}
        return "\n".join(filter(None, ("".join(standard), from_import(".", others | (self._named & {"Amount"})))))

    def _typed_dict(self, name: str, use: Use) -> str:
        annotations = {member.name: self._annotation(member, use) for member in use.shape.members}
        self._named.update(re.findall(r"\w[\w.]*", " ".join(annotations.values())))
        if all(_can_be_attribute(member) for member in annotations):
            members = "".join(f"    {member}: {of}\n" for member, of in annotations.items())
            return f"class {name}(TypedDict):\n{docstring(self._sentences(use), '    ')}" + (members and f"\n{members}")
        members = "".join(f'        "{member}": {of},\n' for member, of in annotations.items())
        return f'{name} = TypedDict(\n    "{name}",\n    {{\n{members}    }},\n)\n{docstring(self._sentences(use), "")}'

    def _sentences(self, use: Use) -> Iterator[str]:
        if use.params_of:
            yield f"Params of {use.params_of.key}."
            yield from docstring_facts.of_operation(use.params_of, self._facts)
        else:
            yield from docstring_facts.of_type(use, self._facts)

    def _annotation(self, member: Member, use: Use) -> str:
        value = spelled(member, self._facts, sent=bool(use.sent), home=self._schema)
        if self._is_ahead(member.shape):
            value = f'"{value}"'
        # What FieldNames asked for is there, and a type cannot know it: NotRequired would be noise at each access.
        return value if member.required or not use.sent else f"NotRequired[{value}]"

    def _is_ahead(self, shape: Shape) -> bool:
        """Whether a type is defined further below, as one that is part of itself is."""
        if shape.kind not in (Kind.OBJECT, Kind.ENUM):
            return False
        schema, name = split(shape)
        return schema == self._schema and name not in self._defined


def _can_be_attribute(name: str) -> bool:
    return name.isidentifier() and not keyword.iskeyword(name) and not name.startswith("__")

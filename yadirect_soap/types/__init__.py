"""The types of all requests and answers, one module a service: `from yadirect_soap.types.ads import AdUpdateItem`.

Plain dicts are what goes in and comes out; these TypedDicts only tell a type checker what may be in them.  Nothing
else in the package imports them at run time.  Names are those of the contract; what several services share is in
general, generalclients and adextensiontypes.

- What is sent: a member that may be left out is NotRequired, one that may be nil takes None.
- What is answered: members count as present, since FieldNames asked for them; ask `in` where they may be absent.
  A type that is both sent and answered is as for sending, so that a value read can be sent back.
- Enumerations are Literals of the values that the contract knows; the API may answer with a newer one, unless
  Direct(..., strict=True) refuses it.
"""

from decimal import Decimal

Amount = int | Decimal
"""Money: an int of micros, or with Direct(..., money="decimal") a Decimal (to send, also an int) of currency units.

An answer holds the one or the other, by the Direct that asked, which a type cannot know: `isinstance` tells a checker.
"""

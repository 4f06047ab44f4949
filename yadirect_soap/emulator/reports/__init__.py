"""The Reports service: statistics made up from the account's objects, and the queue in which reports are built.

arrival      what a request asks for, or the fault that refuses it
service      online, offline, auto: the answer
queue        which offline reports there are;  shelf: their texts;  rate: who asks too often
period       the days of a report
sources      which ads were shown by which conditions, from the store;  goals: what counts as a conversion
chance       what happened each day;  audience, searching: to whom it did, and what they looked for
star         all that as tables;  measures, filters, statement: a definition in their language
writing      rows as text;  building: from a definition to a file
"""

from .request import Arrival
from .service import Reports, refuse

__all__ = ["Arrival", "Reports", "refuse"]

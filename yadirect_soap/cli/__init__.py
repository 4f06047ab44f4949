"""The terminal: `yadirect-soap demo | emulator | call | report | contract`, a module a command; nothing else prints."""

from .main import main

__all__ = ["main"]

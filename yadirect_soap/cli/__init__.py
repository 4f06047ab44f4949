"""The terminal: `yadirect-soap demo | emulator | call | contract`, one module a command; nothing else prints."""

from .main import main

__all__ = ["main"]

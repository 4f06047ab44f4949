"""The terminal: a module a command (demo, emulator, record and replay, call, report, contract); nothing else prints."""

from .main import main

__all__ = ["main"]

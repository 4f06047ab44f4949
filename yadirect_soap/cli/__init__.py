"""The command line: commands.py has the table of the commands, each is a module; nothing else prints."""

from .main import main

__all__ = ["main"]

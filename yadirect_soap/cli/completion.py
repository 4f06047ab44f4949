"""`yadirect-soap completion SHELL`: prints the completion script of a shell."""

import click

from .command_types import argument, command
from .commands import COMPLETION, PROGRAM

_EPILOG = """\b
Once and for all shells that are started later:
  bash   yadirect-soap completion bash >> ~/.bashrc
  zsh    yadirect-soap completion zsh >> ~/.zshrc
  fish   yadirect-soap completion fish \\
           > ~/.config/fish/completions/yadirect-soap.fish
"""


@command("completion", no_args_is_help=True, epilog=_EPILOG)
@argument("shell", type=click.Choice(["bash", "zsh", "fish"]), help="bash (4.4 or later), zsh or fish")
def completion(shell: str) -> None:
    """Print the script that makes a shell complete commands."""
    from click.shell_completion import get_completion_class

    script = get_completion_class(shell)
    assert script is not None  # noqa: S101  the choices are click's own
    template = script(click.Command(PROGRAM), {}, PROGRAM, COMPLETION)
    print(template.source_template % template.source_vars())

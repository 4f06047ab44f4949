"""`python -m yadirect_soap`: the command line."""

import sys

from .cli import main

sys.exit(main())

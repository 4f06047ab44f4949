"""Benchmarks against other libraries, as ratios within one run: `make bench`, or `python -m benchmarks --help`."""

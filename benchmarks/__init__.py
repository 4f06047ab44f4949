"""Measurements beside other libraries, as ratios of one run: `make bench`, or `python -m benchmarks --help`."""

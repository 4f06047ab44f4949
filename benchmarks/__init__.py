"""Measurements beside others: `python -m benchmarks`; docs/benchmarks.md tells how to read them."""

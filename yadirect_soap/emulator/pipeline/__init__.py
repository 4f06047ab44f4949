"""The stations of a request before and after its operation: concurrency, authentication, limits, units."""

"""Contract drift: the changes from one set of WSDLs to another, and what they mean for callers.  Pure."""

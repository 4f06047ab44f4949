"""What changed from one set of descriptions to another, and what that means to who calls.  Pure."""

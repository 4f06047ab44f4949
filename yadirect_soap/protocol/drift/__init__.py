"""What changed from one family of descriptions to another, and what that means to who calls.  Pure."""

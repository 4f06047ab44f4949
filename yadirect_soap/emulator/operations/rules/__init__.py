"""Subjects that several services share, such as texts, amounts and bidding strategies; services/ puts them together."""

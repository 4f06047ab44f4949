"""Rules that several services share, such as those of texts, amounts and bidding strategies."""

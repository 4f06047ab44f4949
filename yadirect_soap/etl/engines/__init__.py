"""Thin adapters to engines that load or spread work; each is imported where its engine is."""

"""Adapters to engines that load data or distribute work; each is imported only with its engine."""

"""Carries out operations: generic verbs (crud), the rules of each service, and operations of one service only."""

"""Adapters to dlt and Spark; each is imported only if its engine is used."""

"""The Reports service: statistics made up from the account's objects, and the queue in which reports are built.

service            online, offline, auto: a report, or its place in the queue
queue              the offline reports;  finished_reports: their texts;  rate_limit: who asks too often
date_ranges        the days of a report
impression_sources which ads were shown by which conditions, from the store;  goals: what counts as a conversion
random_events      what happened each day;  audience, search_queries: who saw the ads, and what they looked for
star_schema        all that as tables;  sql_metrics, sql_filters, sql_query: a definition as SQL
tsv_writer         rows as text;  builder: from a definition to a file
"""

from .service import ReportResult, Reports

__all__ = ["ReportResult", "Reports"]

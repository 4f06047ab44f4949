"""The Reports service: statistics that are generated from the account's objects, and the queue of offline reports.

service            online, offline, auto: builds a report, or puts it into the queue
queue              the offline reports;  finished_reports: their texts;  rate_limit: requests in a time
build_limits       how much work a report may be
date_ranges        the days of a report
impression_sources which ads were shown by which conditions, from the store;  goals: what counts as a conversion
random_events      what happened each day;  audience, search_queries: who saw the ads, and what they searched for
star_schema        the events as tables;  sql_metrics, sql_filters, sql_query: a definition as SQL
tsv_writer         rows as text;  builder: from a definition to a file
"""

from .build_limits import BuildLimits
from .service import ReportResult, Reports

__all__ = ["BuildLimits", "ReportResult", "Reports"]

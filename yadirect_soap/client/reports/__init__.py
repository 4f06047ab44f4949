"""Reports for the client: submits them, polls for them, and reads their rows as they arrive.

    service      Reports, which is `direct.reports`
    request      completes, checks and encodes a definition
    rate_limiter limits how often a login sends requests, and how many of its reports are queued
    deadline     the deadline of a report, its cancellation and its progress
    poller       polls the Reports service until the report is ready
    download     the blocks of one report, straight from the connection
    report       Report: rows, batches, files
    row_values   converts blocks to values
    text_formats converts blocks to TSV, CSV and JSON lines
    splitting    reports with more rows than one report may have
    atomic_files files that are either complete or not there
    arrow        tables of pyarrow, an extra

https://yandex.ru/dev/direct/doc/ru/reports
"""

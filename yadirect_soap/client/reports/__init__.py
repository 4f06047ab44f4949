"""Reports for the client: submitted, polled for, and read while their rows come.

    service      Reports, which is `direct.reports`
    request      a definition made whole, checked and written: what is sent, and sent again
    rate_limiter how often a login may ask, and how many of its reports may be queued
    deadline     how long a report is waited for, and the progress that is told meanwhile
    poller       polls the Reports service until the report is ready
    download     the blocks of one report, straight from the connection
    report       Report: rows, batches, files
    row_values   blocks to values
    text_formats blocks to TSV, CSV and JSON lines
    splitting    reports that are larger than one can be
    atomic_files files that are whole or not there
    arrow        tables of pyarrow, an extra

https://yandex.ru/dev/direct/doc/ru/reports
"""

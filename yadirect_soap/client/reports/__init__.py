"""Reports from the side of the one who asks: ordered, waited for, and read while their rows come.

    service      Reports, which is `direct.reports`
    order        a definition made whole, checked and written: what is sent, and sent again
    governor     how often a login may ask, and how many of its reports may be queued
    patience     how long a report is waited for, and who is told meanwhile
    desk         asks for a report until it is there
    download     the blocks of one report, straight from the connection
    report       Report: rows, batches, files
    conversion   blocks to values
    texts        blocks to TSV, CSV and JSON lines
    splitting    reports that are larger than one can be
    files        files that are whole or not there
    arrow        tables of pyarrow, an extra

https://yandex.ru/dev/direct/doc/ru/reports
"""

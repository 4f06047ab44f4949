"""The Reports service as both ends see it: definitions, what may be asked for, headers, errors and rows of text.

A definition is a plain dict with the API's own names, {"SelectionCriteria": {...}, "FieldNames": [...], ...}.

    facts        fields, types of reports, operators, date ranges, limits, read from facts.toml
    shapes       the structure of a definition
    check        every complaint about a definition at once, each with its path
    formats      FORMATS: the modules xml and json, which write and read definitions and errors
    delivery     the request headers that say how a report is built and written, and those of a response
    days         what the API's ranges of days mean on a day
    columns      which columns a definition asks for, and of what kind they are
    tsv          the lines of a report, written, and read while they come
    values       columns of texts to values: int, Decimal, date, str, None

https://yandex.ru/dev/direct/doc/ru/reports
"""

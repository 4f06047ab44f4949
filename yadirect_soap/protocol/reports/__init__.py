"""The Reports service for client and emulator: definitions, documented limits, headers, errors and rows.

A definition is a plain dict with the API's own names, {"SelectionCriteria": {...}, "FieldNames": [...], ...}.

    facts        fields, types of reports, operators, date ranges, limits, read from facts.toml
    shapes       the structure of a definition
    check        everything that is wrong with a definition, each with its path
    formats      FORMATS: the modules xml and json, which encode and decode definitions and errors
    delivery     the request headers that say how to build and write a report, and those of a response
    days         the days that the API's date ranges mean
    columns      the columns that a definition asks for, and their kinds
    tsv          writes the lines of a report, and reads them as they arrive
    values       converts columns of texts to values: int, Decimal, date, str, None

https://yandex.ru/dev/direct/doc/ru/reports
"""

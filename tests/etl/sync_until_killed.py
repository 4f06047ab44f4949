"""A program that syncs again and again until it is killed: `sync_until_killed.py ENDPOINT ADDRESS [STATISTICS]`."""

import sys

from yadirect_soap import Direct, etl

TABLES = ("campaigns", "adgroups", "ads", "keywords")


def main(endpoint: str, address: str, statistics: str = "") -> None:
    """Runs that begin anew as soon as one has ended, and write a dot as rows come; with statistics, of these alone."""

    def write_dot(_progress: etl.Progress) -> None:
        sys.stdout.write(".")
        sys.stdout.flush()

    with Direct("demo-token", endpoint=endpoint) as direct:
        while True:
            if statistics:
                etl.sync(direct, address, [], statistics=statistics, on_progress=write_dot)
            else:
                etl.sync(direct, address, TABLES, package_rows=20, policy=etl.Policy(full=True), on_progress=write_dot)


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Kills imports at random moments and looks at what is left: all rows or none, or it fails.

`python3 dev.py bench power_cut`, or `… -- 200 4000` for 200 kills of imports of 4,000 rows. Every import begins in an
empty database, and its process is killed (SIGKILL) somewhere between reading the file and a little after the commit.
Then the database must be sound, hold everything or nothing, and take the same import once more. A killed process is
what is tried; that what is committed outlives the machine's power, too, is left to `synchronous=FULL` and fsync.

Last result (2026-11-26, 2 cores, Python 3.11, PostgreSQL 15, beside one other process); where it was killed between the
commit and telling of it, more is left than was told:

                  told last, of 50 kills         left
                reading  writing  committed   none   all  seconds
    SQLite            3       24         23     27    23       68
    PostgreSQL        9       27         14     34    16       95
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench import _apart  # noqa: E402 the path comes first

KILLS, ROWS = 50, 1_000


def main(kills: int = KILLS, rows: int = ROWS) -> None:
    print(f"{'':12}{'kills':>7}{'reading':>9}{'writing':>9}{'committed':>11}{'none':>7}{'all':>6}{'seconds':>9}")
    _apart.run("_power_cut_killing", kills, rows)


if __name__ == "__main__":
    main(*(int(number) for number in sys.argv[1:]))

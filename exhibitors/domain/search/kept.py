"""What searches have found, kept by each process for a version of the data.

Whoever narrows, sorts or turns the pages of a search asks it again with every click.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable

from exhibitors.domain.search.finding import Hits

MOST = 300  # searches
MOST_HITS = 500_000  # of all of them together, eight bytes each

_kept: "OrderedDict[Hashable, tuple[Hashable, Hits]]" = OrderedDict()
_lock = threading.Lock()


def hits(key: Hashable, version: Hashable, search: Callable[[], Hits]) -> Hits:
    """What was found under this key at this version, else what `search` finds."""
    kept = _kept.get(key)
    if kept is not None and kept[0] == version:
        return kept[1]
    found = search()
    with _lock:
        _kept.pop(key, None)
        _kept[key] = (version, found)
        while len(_kept) > MOST or sum(one.count for _, one in _kept.values()) > MOST_HITS:
            _kept.popitem(last=False)
    return found


def forget() -> None:
    """Drop all that is kept: for tests, whose databases come and go with the same keys."""
    with _lock:
        _kept.clear()

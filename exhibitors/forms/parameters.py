"""The parameters that public addresses know. Pages are made from these alone: what else comes along is dropped."""

PARAMETERS = frozenset(
    {
        *("q", "exact", "theme", "hall", "industry", "initial", "sort"),  # which exhibitors, in which order
        *("page", "per_page"),  # which part of them
        *("by", "paper", "size"),  # how they are printed
    }
)

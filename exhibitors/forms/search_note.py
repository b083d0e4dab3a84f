"""What the page says about a search: how it was understood, and where to go on from it."""

from dataclasses import dataclass, replace

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from exhibitors.domain.criteria import Criteria, Sort
from exhibitors.domain.search.finding import Hits
from exhibitors.forms.directory import query_string
from exhibitors.forms.filter_panel import Link
from exhibitors.search.josa import direction_particle
from exhibitors.search.steps import Step


@dataclass(frozen=True)
class SearchNote:
    """Sentences and links around the result of a search; empty parts are not shown."""

    understood: str = ""
    exact: str = ""
    """Address of the search for exactly what was typed."""
    other_layout: Link | None = None
    words: tuple[Link, ...] = ()
    """The words of a query that finds nothing together, each with the length of the list that it finds alone."""
    without_filters: str = ""
    """Address of the search without filters, where only they hide every exhibitor found."""


def build(criteria: Criteria, hits: Hits, total: int, *, default_sort: Sort) -> SearchNote:
    """Explain a search; costs no query."""

    def address(changed: Criteria) -> str:
        return query_string(changed, default_sort=default_sort)

    resolution = hits.resolution
    is_changed = resolution.step in {Step.LAYOUT, Step.JOSA, Step.TYPO}
    other = resolution.other_layout
    unfiltered = replace(criteria, themes=(), halls=(), industries=(), initials=())
    is_hidden = not total and hits.count and criteria != unfiltered
    return SearchNote(
        understood=_sentence(criteria.query, hits),
        exact=address(replace(criteria, is_exact=True)) if is_changed else "",
        other_layout=Link(other.text, address(replace(criteria, query=other.text))) if other else None,
        words=tuple(
            # Exactly this word: without, one that finds nothing would open the list of its correction.
            Link(f"{word} {count}", address(Criteria(query=word, is_exact=True, sort=criteria.sort)))
            for word, count in resolution.word_counts
        ),
        without_filters=address(unfiltered) if is_hidden else "",
    )


def _sentence(typed: str, hits: Hits) -> str:
    """A sentence whole in each language."""
    found = hits.query.text if hits.query else ""
    return str(_SENTENCES.get(hits.resolution.step, "")) % {"typed": typed, "found": _quoted(found)}


def _quoted(found: str) -> str:
    """In Korean with its particle, which depends on the sound before it: “웬떡”으로, “커피”로."""
    particle = direction_particle(found) if get_language() == "ko" else ""
    return f"“{found}”{particle}"


_SENTENCES = {
    Step.NO_QUERY: _("Type letters or digits to search."),
    Step.LAYOUT: _("“%(typed)s” finds nothing, so %(found)s was searched: the same keys in the other layout."),
    Step.JOSA: _("“%(typed)s” finds nothing, so %(found)s was searched, without the particle."),
    Step.TYPO: _("“%(typed)s” finds nothing, so the similar %(found)s was searched."),
}

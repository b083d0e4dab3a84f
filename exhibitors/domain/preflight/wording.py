"""How findings put lists and quoted texts into a sentence: only where the sentence is read, in its language."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

MOST_NAMED = 6


@dataclass(frozen=True)
class Listed:
    """Rows or texts one after the other; of very many the first ones, and how many more there are."""

    things: Sequence[object]

    def __str__(self) -> str:
        named = ", ".join(map(str, self.things[:MOST_NAMED]))
        more = len(self.things) - MOST_NAMED
        return _("%(named)s and %(more)d more") % {"named": named, "more": more} if more > 0 else named


@dataclass(frozen=True)
class Quoted:
    """Texts as they are written, in quotation marks."""

    texts: Sequence[str]

    def __str__(self) -> str:
        return str(Listed([_("“%(text)s”") % {"text": text} for text in self.texts]))

"""What search keeps beside the exhibitors: synonyms, and what was searched in vain."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from exhibitors.models.edition import Edition
from exhibitors.models.fields import OneLineField
from exhibitors.search.normalise import plain

MAX_WORD = 60  # characters
MAX_QUERY = 100  # characters


class Synonym(models.Model):
    """Two words that mean the same to the visitors of an edition, whichever of them is searched (건면 = 국수)."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="synonyms", verbose_name=_("edition"))
    one = OneLineField(_("word"), max_length=MAX_WORD)
    other = OneLineField(_("means the same as"), max_length=MAX_WORD)

    class Meta:
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")
        ordering = ["edition", "one", "other", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "one", "other"],
                name="synonym_once",
                violation_error_message=_("This edition already has this synonym."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one} = {self.other}"

    def clean(self) -> None:
        for name in ("one", "other"):
            if (text := getattr(self, name)) and not plain(text):
                raise ValidationError({name: _("Write letters or digits.")})
        if not (self.one and self.other):
            return  # the fields say so themselves
        if plain(self.one) == plain(self.other):
            raise ValidationError({"other": _("For search both words are the same already.")})
        if self._is_there_already():
            raise ValidationError(_("This edition already has this synonym."))

    def _is_there_already(self) -> bool:
        """In the other direction or another spelling, so that removing one synonym ends it; the constraint tells of
        the very same.
        """
        others = Synonym.objects.filter(edition=self.edition_id).exclude(pk=self.pk)
        pairs = others.exclude(one=self.one, other=self.other).values_list("one", "other")
        mine = {plain(self.one), plain(self.other)}
        return any({plain(one), plain(other)} == mine for one, other in pairs)


class VainSearch(models.Model):
    """A query that found nothing, how often on a day; nothing about who searched."""

    edition = models.ForeignKey(
        Edition, on_delete=models.CASCADE, related_name="vain_searches", verbose_name=_("edition")
    )
    searched_on = models.DateField(_("day"))
    query = models.CharField(_("searched"), max_length=MAX_QUERY)
    count = models.PositiveIntegerField(_("times"), default=0)

    class Meta:
        verbose_name = _("search without result")
        verbose_name_plural = _("searches without result")
        ordering = ["-searched_on", "-count", "query", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "searched_on", "query"],
                name="vain_search_once_a_day",
                violation_error_message=_("This search is counted on this day already."),
            ),
        ]

    def __str__(self) -> str:
        return self.query

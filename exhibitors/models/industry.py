"""Industries: the lines of business by which an edition sorts its exhibitors."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from exhibitors.models.edition import Edition, code_validator
from exhibitors.models.fields import OneLineField, pick
from exhibitors.models.hall import validate_not_reserved


class Industry(models.Model):
    """A line of business of an edition."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="industries", verbose_name=_("edition"))
    slug = models.CharField(_("address"), max_length=60, validators=[code_validator, validate_not_reserved])
    name_ko = OneLineField(_("name (Korean)"), max_length=80)
    name_en = OneLineField(_("name (English)"), max_length=80, blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("industry")
        verbose_name_plural = _("industries")
        ordering = ["edition", "position", "slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "slug"],
                name="industry_slug_unique_in_edition",
                violation_error_message=_("This edition already has an industry with this address."),
            ),
        ]

    def __str__(self) -> str:
        return pick(self, "name").text

    def get_absolute_url(self) -> str:
        return reverse("industry", args=[self.edition.slug, self.slug])

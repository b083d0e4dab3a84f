"""Facilities: places of an edition that are no exhibitor, such as a desk, a studio or a zone."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from exhibitors.models.booth import Booth
from exhibitors.models.edition import Edition, code_validator
from exhibitors.models.fields import OneLineField, pick


class Facility(models.Model):
    """A place that visitors look for and that is not counted among the exhibitors."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="facilities", verbose_name=_("edition"))
    slug = models.CharField(_("code"), max_length=60, validators=[code_validator])
    name_ko = OneLineField(_("name (Korean)"), max_length=120)
    name_en = OneLineField(_("name (English)"), max_length=120, blank=True)
    description_ko = models.TextField(_("description (Korean)"), max_length=3000, blank=True)
    description_en = models.TextField(_("description (English)"), max_length=3000, blank=True)
    booth = models.ForeignKey(
        Booth,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="facilities",
        verbose_name=_("booth"),
    )
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("facility")
        verbose_name_plural = _("facilities")
        ordering = ["edition", "position", "slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "slug"],
                name="facility_slug_unique_in_edition",
                violation_error_message=_("This edition already has a facility with this code."),
            ),
        ]

    def __str__(self) -> str:
        return pick(self, "name").text

    def clean(self) -> None:
        if self.booth is not None and self.booth.hall.edition_id != self.edition_id:
            raise ValidationError({"booth": _("This booth belongs to another edition.")})

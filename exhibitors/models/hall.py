"""Halls, the themed spaces of an edition, and the themes that group them."""

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from exhibitors.models.edition import Edition, code_validator
from exhibitors.models.fields import OneLineField, pick

NO_VALUE = "none"  # stands for "no hall", "no industry" in addresses


class Colour(models.TextChoices):
    """Names of the colour tokens in static/css/tokens.css."""

    BLUE = "blue", _("blue")
    TEAL = "teal", _("teal")
    VIOLET = "violet", _("violet")
    BROWN = "brown", _("brown")
    GREEN = "green", _("green")
    CRIMSON = "crimson", _("crimson")
    NAVY = "navy", _("navy")
    SLATE = "slate", _("slate")


def validate_not_reserved(code: str) -> None:
    if code == NO_VALUE:
        raise ValidationError(_("'none' is reserved. Choose another code."))


class Theme(models.Model):
    """A group of halls of an edition that visitors know under one name (교차협력관)."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="themes", verbose_name=_("edition"))
    code = models.CharField(_("code"), max_length=40, validators=[code_validator, validate_not_reserved])
    name_ko = OneLineField(_("name (Korean)"), max_length=80)
    name_en = OneLineField(_("name (English)"), max_length=80, blank=True)
    description_ko = models.TextField(_("description (Korean)"), blank=True)
    description_en = models.TextField(_("description (English)"), blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["edition", "position", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "code"],
                name="theme_code_unique_in_edition",
                violation_error_message=_("This edition already has a theme with this code."),
            ),
        ]

    def __str__(self) -> str:
        return pick(self, "name").text

    def get_absolute_url(self) -> str:
        return reverse("theme", args=[self.edition.slug, self.code])


class Hall(models.Model):
    """A themed space of an edition, in which booths stand."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="halls", verbose_name=_("edition"))
    theme = models.ForeignKey(
        Theme, on_delete=models.PROTECT, null=True, blank=True, related_name="halls", verbose_name=_("theme")
    )
    code = models.CharField(_("code"), max_length=40, validators=[code_validator, validate_not_reserved])
    name_ko = OneLineField(_("name (Korean)"), max_length=80)
    name_en = OneLineField(_("name (English)"), max_length=80, blank=True)
    description_ko = models.TextField(_("description (Korean)"), blank=True)
    description_en = models.TextField(_("description (English)"), blank=True)
    colour = models.CharField(_("colour"), max_length=10, choices=Colour, default=Colour.BLUE)
    position = models.PositiveIntegerField(_("position"), default=0)
    is_sample = models.BooleanField(_("sample"), default=False, editable=False)

    class Meta:
        verbose_name = _("hall")
        verbose_name_plural = _("halls")
        ordering = ["edition", "position", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "code"],
                name="hall_code_unique_in_edition",
                violation_error_message=_("This edition already has a hall with this code."),
            ),
        ]

    def __str__(self) -> str:
        return pick(self, "name").text

    def get_absolute_url(self) -> str:
        return reverse("hall", args=[self.edition.slug, self.code])

    def clean(self) -> None:
        if self.theme is not None and self.theme.edition_id != self.edition_id:
            raise ValidationError({"theme": _("This theme belongs to another edition.")})

"""Editions: one yearly expo each."""

from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from exhibitors.models.fields import OneLineField, pick

code_validator = RegexValidator(
    r"^[a-z0-9]+(-[a-z0-9]+)*$",
    _("Use lower-case letters a–z, digits and single hyphens, for example innovation-1."),
)


class EditionQuerySet(models.QuerySet["Edition"]):
    def public(self) -> Self:
        return self.filter(is_public=True)

    def newest_first(self) -> Self:
        return self.order_by(F("starts_on").desc(nulls_last=True), "-slug")


class Edition(models.Model):
    """One yearly expo with all that belongs to it."""

    slug = models.CharField(
        _("address"),
        max_length=40,
        unique=True,
        validators=[code_validator],
        help_text=_("Part of every page's address, for example 2024. Links break when it changes."),
    )
    name_ko = OneLineField(_("name (Korean)"), max_length=120)
    name_en = OneLineField(_("name (English)"), max_length=120, blank=True)
    slogan_ko = OneLineField(_("slogan (Korean)"), max_length=200, blank=True)
    slogan_en = OneLineField(_("slogan (English)"), max_length=200, blank=True)
    venue_ko = OneLineField(_("venue (Korean)"), max_length=200, blank=True)
    venue_en = OneLineField(_("venue (English)"), max_length=200, blank=True)
    hosts_ko = OneLineField(_("hosts (Korean)"), max_length=300, blank=True)
    hosts_en = OneLineField(_("hosts (English)"), max_length=300, blank=True)
    about_ko = models.TextField(_("about (Korean)"), blank=True, help_text=_("Markdown."))
    about_en = models.TextField(_("about (English)"), blank=True, help_text=_("Markdown."))
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    opens_at = models.TimeField(_("opens daily at"), null=True, blank=True)
    closes_at = models.TimeField(_("closes daily at"), null=True, blank=True)
    contact_email = models.EmailField(
        _("mail address for corrections"),
        blank=True,
        help_text=_("Every page offers it for reporting an error."),
    )
    is_public = models.BooleanField(_("public"), default=False)
    is_current = models.BooleanField(
        _("current"),
        default=False,
        help_text=_("The address / leads to the current edition. At most one is current."),
    )
    is_sample = models.BooleanField(_("loaded as sample"), default=False, editable=False)
    search_version = models.PositiveBigIntegerField(editable=False, default=0)
    updated_at = models.DateTimeField(_("changed at"), auto_now=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"],
                condition=Q(is_current=True),
                name="edition_at_most_one_current",
                violation_error_message=_("Another edition is current. Make that one not current first."),
            ),
            models.CheckConstraint(
                condition=Q(is_current=False) | Q(is_public=True),
                name="edition_current_is_public",
                violation_error_message=_("The current edition must be public."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="edition_ends_after_start",
                violation_error_message=_("The last day lies before the first day."),
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="edition_closes_after_opening",
                violation_error_message=_("The closing time lies before the opening time."),
            ),
        ]

    def __str__(self) -> str:
        return pick(self, "name").text

    def get_absolute_url(self) -> str:
        return reverse("home", args=[self.slug])

    def clean(self) -> None:
        if self.is_public and not self.contact_email:
            raise ValidationError(
                {"contact_email": _("A public edition needs a mail address to which readers can report errors.")}
            )

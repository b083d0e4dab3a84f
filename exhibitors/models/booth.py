"""Booths, who stands on them, and the log of who joined or left one."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exhibitors.models.edition import Edition
from exhibitors.models.exhibitor import Exhibitor
from exhibitors.models.fields import OneLineField, SortKeyField, natural_key
from exhibitors.models.hall import Hall

NO_NUMBER_KEY = "\U0010ffff"  # the last code point: sorts after every number, 가-12 included


def label_of(number: str) -> str:
    """A booth's number as it is shown."""
    return number or gettext("number to follow")


class Booth(models.Model):
    """A stand in a hall; the one with a blank number means "in this hall, number to follow"."""

    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="booths", verbose_name=_("hall"))
    number = OneLineField(
        _("number"),
        max_length=60,
        blank=True,
        help_text=_("Leave blank for 'in this hall, number to follow'."),
    )
    number_key = SortKeyField(max_length=240, editable=False)
    x = models.DecimalField(_("left edge (m)"), max_digits=7, decimal_places=2, null=True, blank=True)
    y = models.DecimalField(_("upper edge (m)"), max_digits=7, decimal_places=2, null=True, blank=True)
    width = models.DecimalField(
        _("width (m)"),
        max_digits=6,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.01"))],
    )
    depth = models.DecimalField(
        _("depth (m)"),
        max_digits=6,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.01"))],
    )
    is_sample = models.BooleanField(_("sample"), default=False, editable=False)

    class Meta:
        verbose_name = _("booth")
        verbose_name_plural = _("booths")
        ordering = ["hall__position", "hall__code", "number_key", "pk"]
        indexes = [
            models.Index(fields=["hall", "number_key"], name="booth_in_hall"),
            models.Index(fields=["hall"], condition=Q(is_sample=True), name="booth_is_sample"),
        ]
        constraints = [
            models.UniqueConstraint(
                F("hall"),
                Lower("number"),
                name="booth_number_unique_in_hall",
                violation_error_message=_("This hall already has a booth with this number."),
            ),
            models.CheckConstraint(
                condition=Q(x=None, y=None, width=None, depth=None)
                | Q(
                    x__isnull=False, y__isnull=False, width__isnull=False, depth__isnull=False, width__gt=0, depth__gt=0
                ),
                name="booth_rectangle_whole_or_absent",
                violation_error_message=_(
                    "Give all four measures of the rectangle, with width and depth above 0, or none."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hall} {self.label}"

    def save(self, **kwargs: Any) -> None:
        # The key is a function of the number alone, so no writer may forget it.
        self.number_key = booth_number_key(self.number)
        super().save(**kwargs)

    def clean(self) -> None:
        self.number = self.number.strip()

    @property
    def label(self) -> str:
        return label_of(self.number)


def booth_number_key(number: str) -> str:
    return natural_key(number) if number else NO_NUMBER_KEY


class BoothAssignment(models.Model):
    """An exhibitor stands on a booth. Written by domain.booths.assign alone."""

    exhibitor = models.ForeignKey(Exhibitor, on_delete=models.CASCADE, related_name="assignments")
    booth = models.ForeignKey(Booth, on_delete=models.PROTECT, related_name="assignments", verbose_name=_("booth"))

    class Meta:
        verbose_name = _("booth assignment")
        verbose_name_plural = _("booth assignments")
        ordering = ["booth__hall__position", "booth__hall__code", "booth__number_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["exhibitor", "booth"],
                name="assignment_once",
                violation_error_message=_("This exhibitor already stands on this booth."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exhibitor} – {self.booth}"


class BoothMove(models.Model):
    """An exhibitor joined or left a booth at a moment; names are kept as they were then."""

    class Kind(models.TextChoices):
        JOINED = "joined", _("joined")
        LEFT = "left", _("left")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+", verbose_name=_("edition"))
    exhibitor = models.ForeignKey(
        Exhibitor, on_delete=models.SET_NULL, null=True, related_name="moves", verbose_name=_("exhibitor")
    )
    booth = models.ForeignKey(
        Booth, on_delete=models.SET_NULL, null=True, related_name="moves", verbose_name=_("booth")
    )
    exhibitor_name = models.CharField(_("exhibitor's name then"), max_length=150)
    hall_name = models.CharField(_("hall's name then"), max_length=80)
    booth_number = models.CharField(_("booth's number then"), max_length=60, blank=True)
    kind = models.CharField(_("what"), max_length=10, choices=Kind)
    moved_at = models.DateTimeField(_("when"))
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )

    class Meta:
        verbose_name = _("booth move")
        verbose_name_plural = _("booth moves")
        ordering = ["-moved_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.exhibitor_name} {self.get_kind_display()} {self.hall_name} {self.booth_number}".rstrip()

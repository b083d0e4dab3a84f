"""Print runs: booth lists as they were printed, kept for good."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exhibitors.models.edition import Edition
from exhibitors.models.fields import OneLineField


class PrintRunQuerySet(models.QuerySet["PrintRun"]):
    def for_lists(self) -> Self:
        """Without the sheet, which is long."""
        return self.select_related("edition", "frozen_by").defer("sheet")


class PrintRun(models.Model):
    """A booth list as it stood when an organiser froze it. Written by domain.print_runs.freeze alone, never changed."""

    class Order(models.TextChoices):
        HALL = "hall", _("By hall")
        BOOTH = "booth", _("By booth number")
        NAME = "name", _("By name")
        INDUSTRY = "industry", _("By industry")

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="print_runs", verbose_name=_("edition"))
    number = models.PositiveIntegerField(_("number"))  # within the edition, from 1
    name = OneLineField(_("name"), max_length=120, blank=True)
    note = OneLineField(_("note"), max_length=300, blank=True, help_text=_("For organisers. Readers do not see it."))

    order = models.CharField(_("order"), max_length=10, choices=Order)
    criteria = models.JSONField(_("selection"), default=dict)  # of domain.criteria.Criteria, values sorted
    sheet = models.JSONField(default=dict)  # in both languages; see domain.print_sheets

    frozen_at = models.DateTimeField(_("frozen at"), default=timezone.now)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("frozen by")
    )

    objects = PrintRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("print run")
        verbose_name_plural = _("print runs")
        ordering = ["-frozen_at", "-pk"]
        default_permissions = ("add", "view")
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "number"],
                name="print_run_number_unique_in_edition",
                violation_error_message=_("This edition already has a print run with this number."),
            ),
            models.CheckConstraint(
                condition=Q(order__in=["hall", "booth", "name", "industry"]),
                name="print_run_order_known",
                violation_error_message=_("The order is by hall, booth number, name or industry."),
            ),
        ]

    def __str__(self) -> str:
        return gettext("Print run %(number)d") % {"number": self.number}

    def get_absolute_url(self) -> str:
        return reverse("print_run", args=[self.edition.slug, self.number])

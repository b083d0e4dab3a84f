"""What an organiser has declared intended among the findings of the pre-flight page."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from exhibitors.models.edition import Edition
from exhibitors.models.fields import OneLineField


class PreflightMark(models.Model):
    """A finding is intended, and why. Written by domain.preflight.marks alone.

    The key names the facts of the finding, so that the mark holds as long as they are the same.
    """

    edition = models.ForeignKey(
        Edition, on_delete=models.CASCADE, related_name="preflight_marks", verbose_name=_("edition")
    )
    check_code = models.CharField(_("check"), max_length=40)
    key = models.CharField(_("facts"), max_length=200)
    reason = OneLineField(_("reason"), max_length=200)
    marked_at = models.DateTimeField(_("when"))
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )

    class Meta:
        verbose_name = _("intended finding")
        verbose_name_plural = _("intended findings")
        ordering = ["edition", "check_code", "key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "check_code", "key"],
                name="preflight_mark_once",
                violation_error_message=_("This finding is marked as intended already."),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="preflight_mark_has_a_reason",
                violation_error_message=_("Say why this is intended."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.check_code}: {self.reason}"

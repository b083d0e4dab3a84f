"""Collaborations (교차협력 사례): exhibitors who joined products."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from exhibitors.models.edition import Edition, code_validator
from exhibitors.models.exhibitor import Exhibitor
from exhibitors.models.fields import OneLineField, pick
from exhibitors.models.picture import PictureField


class Collaboration(models.Model):
    """A story of two or more exhibitors who joined products."""

    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="collaborations", verbose_name=_("edition")
    )
    slug = models.CharField(_("address"), max_length=60, validators=[code_validator])
    title_ko = OneLineField(_("title (Korean)"), max_length=150)
    title_en = OneLineField(_("title (English)"), max_length=150, blank=True)
    story_ko = models.TextField(_("story (Korean)"), max_length=5000, blank=True)
    story_en = models.TextField(_("story (English)"), max_length=5000, blank=True)
    picture = PictureField(_("picture"), blank=True)
    picture_alt_ko = OneLineField(_("alternative text (Korean)"), max_length=200, blank=True)
    picture_alt_en = OneLineField(_("alternative text (English)"), max_length=200, blank=True)
    exhibitors = models.ManyToManyField(
        Exhibitor, through="CollaborationMember", related_name="collaborations", verbose_name=_("exhibitors")
    )
    position = models.PositiveIntegerField(_("position"), default=0)
    is_sample = models.BooleanField(_("sample"), default=False, editable=False)

    class Meta:
        verbose_name = _("collaboration")
        verbose_name_plural = _("collaborations")
        ordering = ["edition", "position", "slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "slug"],
                name="collaboration_slug_unique_in_edition",
                violation_error_message=_("This edition already has a collaboration with this address."),
            ),
        ]

    def __str__(self) -> str:
        return pick(self, "title").text

    def get_absolute_url(self) -> str:
        return reverse("collaboration", args=[self.edition.slug, self.slug])


class CollaborationMember(models.Model):
    """An exhibitor takes part in a collaboration."""

    collaboration = models.ForeignKey(Collaboration, on_delete=models.CASCADE, related_name="members")
    exhibitor = models.ForeignKey(
        Exhibitor, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("exhibitor")
    )
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["collaboration", "exhibitor"],
                name="collaboration_member_once",
                violation_error_message=_("This exhibitor already takes part in this collaboration."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.collaboration} – {self.exhibitor}"

"""Products: the things on show."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from exhibitors.models.exhibitor import Exhibitor
from exhibitors.models.fields import OneLineField, pick
from exhibitors.models.picture import PictureField


class Product(models.Model):
    """A thing that an exhibitor shows."""

    exhibitor = models.ForeignKey(
        Exhibitor, on_delete=models.PROTECT, related_name="products", verbose_name=_("exhibitor")
    )
    name_ko = OneLineField(_("name (Korean)"), max_length=150, blank=True)
    name_en = OneLineField(_("name (English)"), max_length=150, blank=True)
    text_ko = models.TextField(_("text (Korean)"), max_length=3000, blank=True)
    text_en = models.TextField(_("text (English)"), max_length=3000, blank=True)
    picture = PictureField(_("picture"), blank=True)
    picture_alt_ko = OneLineField(_("alternative text (Korean)"), max_length=200, blank=True)
    picture_alt_en = OneLineField(_("alternative text (English)"), max_length=200, blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ["exhibitor", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name_ko="") | ~Q(name_en=""),
                name="product_has_a_name",
                violation_error_message=_("Give the name in Korean, in English or in both."),
            ),
        ]

    def __str__(self) -> str:
        return pick(self, "name").text

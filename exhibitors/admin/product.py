"""Products at the desk: inside their exhibitor's form, and in a list over all exhibitors."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from exhibitors.admin.filters import ExhibitorEditionFilter
from exhibitors.admin.in_edition import EditionRowAdmin
from exhibitors.admin.widgets import LIST_WIDTH, PictureWidget, preview
from exhibitors.models import Edition, Product

FIELDS: list[str | list[str] | tuple[str, ...]] = [
    ("name_ko", "name_en"),
    ("text_ko", "text_en"),
    "picture",
    ("picture_alt_ko", "picture_alt_en"),
    "position",
]


class ProductInline(admin.StackedInline):
    model = Product
    fields = FIELDS
    formfield_overrides = {models.ImageField: {"widget": PictureWidget}}

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return 0 if obj is not None and obj.products.exists() else 1


class ProductAdmin(EditionRowAdmin):
    edition_path = "exhibitor__edition"
    edition_column = "exhibitor_edition"
    list_display = ["thumbnail", "__str__", "exhibitor", "exhibitor_edition", "position"]
    list_display_links = ["__str__"]
    list_filter = [ExhibitorEditionFilter]
    list_select_related = ["exhibitor__edition"]
    ordering = ["-exhibitor__edition__slug", "exhibitor__sort_key", "position", "pk"]
    search_fields = [
        "name_ko",
        "name_en",
        "text_ko",
        "text_en",
        "exhibitor__name_ko",
        "exhibitor__name_en",
    ]
    search_help_text = _("Product, its text, or exhibitor")
    autocomplete_fields = ["exhibitor"]
    fields = ["exhibitor", *FIELDS]

    def view_on_site(self, product: Product) -> str:
        return product.exhibitor.get_absolute_url()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Product]:
        return super().get_queryset(request).select_related("exhibitor__edition")

    def place_of(self, row: Product) -> dict[str, int]:
        return {"edition": row.exhibitor.edition_id, "exhibitor": row.exhibitor_id}

    @admin.display(description=_("edition"), ordering="exhibitor__edition__slug")
    def exhibitor_edition(self, product: Product) -> Edition:
        return product.exhibitor.edition

    @admin.display(description=_("picture"))
    def thumbnail(self, product: Product) -> SafeString:
        return preview(product.picture, width=LIST_WIDTH)

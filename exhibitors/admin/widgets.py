"""Widgets of the desk: choices limited to an edition, values that stay, pictures with a preview."""

from typing import Any, Self

from django import forms
from django.contrib.admin.widgets import (
    AdminFileWidget,
    AutocompleteSelect,
    AutocompleteSelectMultiple,
    RelatedFieldWidgetWrapper,
)
from django.forms.renderers import BaseRenderer
from django.utils.html import format_html
from django.utils.safestring import SafeString

from exhibitors.admin.lookup import pk_or_none
from exhibitors.models import Edition

PREVIEW_WIDTH = 112  # pixels
LIST_WIDTH = 56


class InEdition:
    """Makes Django's autocompletion offer the rows of one edition alone."""

    edition: Edition | None = None

    def get_url(self) -> str:
        url: str = super().get_url()  # type: ignore[misc]
        return f"{url}?edition={self.edition.pk}" if self.edition else url

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        # Django asks the database for whatever was sent: a word where a number belongs would be a 500.
        numbers = [text for text in value if pk_or_none(text)]
        return super().optgroups(name, numbers, attr)  # type: ignore[misc]


class SelectInEdition(InEdition, AutocompleteSelect):
    pass


class SelectManyInEdition(InEdition, AutocompleteSelectMultiple):
    pass


class WrapperInEdition(RelatedFieldWidgetWrapper):
    """Hands the edition on to the window in which a missing row is added."""

    edition: Edition | None = None

    @classmethod
    def instead_of(cls, wrapper: RelatedFieldWidgetWrapper, edition: Edition | None) -> Self:
        new = cls(
            wrapper.widget,
            wrapper.rel,
            wrapper.admin_site,
            can_add_related=wrapper.can_add_related,
            can_change_related=wrapper.can_change_related,
            can_view_related=wrapper.can_view_related,
        )
        new.edition = edition
        return new

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        if self.edition:
            context["url_params"] += f"&edition={self.edition.pk}"
        return context


class FixedChoice(forms.Widget):
    """Shows the value as text and, where the field is enabled, sends it back as it is."""

    def __init__(self, *, text: str, is_sent: bool) -> None:
        super().__init__()
        self.text = text
        self.is_sent = is_sent

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        shown = format_html('<span class="fixed-value">{}</span>', self.text)
        if not self.is_sent or value is None:
            return shown
        element_id = (attrs or {}).get("id", f"id_{name}")
        return format_html('{}<input type="hidden" name="{}" value="{}" id="{}">', shown, name, value, element_id)

    def id_for_label(self, id_: str) -> str:
        return ""


class PictureWidget(AdminFileWidget):
    """A file input with the picture that is stored now beside it."""

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        control = super().render(name, value, attrs, renderer)
        image = preview(value) if self.is_initial(value) else ""
        return format_html('<div class="picture-field">{}<div>{}</div></div>', image, control)


def preview(picture: Any, *, width: int = PREVIEW_WIDTH) -> SafeString:
    """The narrowest variant as an image at most `width` pixels wide and as high; empty where there is no picture."""
    if not picture:
        return SafeString("")
    address, variant_width = picture.variants()[0]
    height = max(1, round(picture.height * variant_width / picture.width))
    scale = min(1.0, width / max(variant_width, height))
    return format_html(
        '<img class="picture-preview" src="{}" width="{}" height="{}" alt="" loading="lazy">',
        address,
        max(1, round(variant_width * scale)),
        max(1, round(height * scale)),
    )

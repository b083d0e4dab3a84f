"""Small parts that a page has by the dozen, drawn here: a template of its own takes five times as long for each."""

from collections.abc import Iterable, Iterator

from django import template
from django.urls import reverse
from django.utils.formats import localize
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from exhibitors.forms.filter_panel import Value
from exhibitors.models import BoothAssignment
from exhibitors.models.fields import pick
from exhibitors.templatetags.expo import marked

register = template.Library()


@register.simple_tag
def places(standing: Iterable[BoothAssignment], edition_slug: str = "") -> SafeString:
    """Booths with their halls; with the edition's address those that have a number lead to their own pages."""
    none = f'<span class="place place--none">{escape(gettext("Booth to follow"))}</span>'
    return mark_safe("".join(_place(one, edition_slug) for one in standing) or none)


def _place(standing: BoothAssignment, edition_slug: str) -> str:
    booth, hall = standing.booth, standing.booth.hall
    label = escape(booth.label)
    if edition_slug and booth.number:
        address = reverse("booth", args=[edition_slug, hall.code, booth.number])
        shown = f'<a class="place__booth" href="{escape(address)}">{label}</a>'
    else:
        shown = f'<span class="place__booth">{label}</span>'
    name = marked(pick(hall, "name"))
    return f'<span class="place"><span class="hall-tag hall-tag--{escape(hall.colour)}">{name}</span> {shown}</span>'


@register.simple_tag
def checks(values: Iterable[Value], form_id: str) -> SafeString:
    """Check boxes of a facet, with those of the values within one below it."""
    return mark_safe("".join(_checks(values, escape(form_id))))


def _checks(values: Iterable[Value], form_id: str) -> Iterator[str]:
    for value in values:
        flags = (" checked" if value.is_selected else "") + (" disabled" if value.is_disabled else "")
        yield (
            f'<label class="check{" check--disabled" if value.is_disabled else ""}">'
            f'<input type="checkbox" name="{escape(value.parameter)}" value="{escape(value.code)}"'
            f' form="{form_id}"{flags}>'
            f'<span class="check__label">{marked(value.label)}</span> '
            f'<span class="check__count">{localize(value.count)}</span></label>'
        )
        if value.children:
            yield f'<div class="filters__children" role="group" aria-label="{escape(value.label)}">'
            yield from _checks(value.children, form_id)
            yield "</div>"

"""Checks what is missing from exhibitors, products and collaborations."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from exhibitors.domain.preflight.findings import Check, Finding, Repair, key_of
from exhibitors.domain.preflight.rows import Rows
from exhibitors.models import Exhibitor

FEWEST_MEMBERS = 2


def industry_missing(rows: Rows) -> Iterator[Finding]:
    for exhibitor in rows.public:
        if exhibitor.pk not in rows.with_industry:
            yield _missing(
                Check.INDUSTRY_MISSING, exhibitor, "industry_list", _("%(exhibitor)s is listed under no industry.")
            )


def name_ko_missing(rows: Rows) -> Iterator[Finding]:
    for exhibitor in rows.public:
        if not exhibitor.name_ko:
            yield _missing(Check.NAME_KO_MISSING, exhibitor, "name_ko", _("%(exhibitor)s has no Korean name."))


def name_en_missing(rows: Rows) -> Iterator[Finding]:
    for exhibitor in rows.public:
        if not exhibitor.name_en:
            yield _missing(Check.NAME_EN_MISSING, exhibitor, "name_en", _("%(exhibitor)s has no English name."))


def logo_missing(rows: Rows) -> Iterator[Finding]:
    for exhibitor in rows.public:
        if not exhibitor.logo:
            yield _missing(Check.LOGO_MISSING, exhibitor, "logo", _("%(exhibitor)s has no logo."))


def _missing(check: Check, exhibitor: Exhibitor, field: str, text: object) -> Finding:
    return Finding(check, (Repair(exhibitor, field),), key_of(exhibitor.pk), text, {"exhibitor": exhibitor})


def product_name_missing(rows: Rows) -> Iterator[Finding]:
    texts = {
        "ko": _("%(product)s of %(exhibitor)s has no Korean name."),
        "en": _("%(product)s of %(exhibitor)s has no English name."),
    }
    for product in rows.products:
        if not product.exhibitor.is_public:
            continue
        for language, text in texts.items():
            if not getattr(product, f"name_{language}"):
                yield Finding(
                    Check.PRODUCT_NAME_MISSING,
                    (Repair(product, f"name_{language}"),),
                    key_of(product.pk, language),
                    text,
                    {"product": product, "exhibitor": product.exhibitor},
                )


def alt_missing(rows: Rows) -> Iterator[Finding]:
    """Logos and pictures that a blind reader hears nothing of in Korean, in English, or in either."""
    for exhibitor in rows.public:
        yield from _alt_missing(exhibitor, "logo", _LOGO, {"exhibitor": exhibitor})
    for product in rows.products:
        if product.exhibitor.is_public:
            yield from _alt_missing(product, "picture", _PRODUCT, {"product": product, "exhibitor": product.exhibitor})
    for collaboration in rows.collaborations:
        yield from _alt_missing(collaboration, "picture", _COLLABORATION, {"collaboration": collaboration})


def _alt_missing(row: Model, field: str, texts: dict[str, object], values: dict[str, Any]) -> Iterator[Finding]:
    missing = [language for language in ("ko", "en") if not getattr(row, f"{field}_alt_{language}")]
    if getattr(row, field) and missing:
        yield Finding(
            Check.ALT_MISSING,
            tuple(Repair(row, f"{field}_alt_{language}") for language in missing),
            key_of(row._meta.model_name, row.pk, *missing),
            texts[" ".join(missing)],
            values,
        )


_LOGO: dict[str, object] = {
    "ko": _("The logo of %(exhibitor)s has no Korean alternative text."),
    "en": _("The logo of %(exhibitor)s has no English alternative text."),
    "ko en": _("The logo of %(exhibitor)s has no alternative text."),
}
_PRODUCT: dict[str, object] = {
    "ko": _("The picture of %(product)s of %(exhibitor)s has no Korean alternative text."),
    "en": _("The picture of %(product)s of %(exhibitor)s has no English alternative text."),
    "ko en": _("The picture of %(product)s of %(exhibitor)s has no alternative text."),
}
_COLLABORATION: dict[str, object] = {
    "ko": _("The picture of the collaboration %(collaboration)s has no Korean alternative text."),
    "en": _("The picture of the collaboration %(collaboration)s has no English alternative text."),
    "ko en": _("The picture of the collaboration %(collaboration)s has no alternative text."),
}


def collaboration_small(rows: Rows) -> Iterator[Finding]:
    texts = {
        0: _("The collaboration %(collaboration)s has no public exhibitor."),
        1: _("The collaboration %(collaboration)s has only one public exhibitor: %(exhibitor)s"),
    }
    for collaboration in rows.collaborations:
        public = [row for row in rows.members.get(collaboration.pk, ()) if row.is_public]
        if len(public) < FEWEST_MEMBERS:
            yield Finding(
                Check.COLLABORATION_SMALL,
                (Repair(collaboration),),
                key_of(collaboration.pk, *(row.pk for row in public)),
                texts[len(public)],
                {"collaboration": collaboration, "exhibitor": public[0] if public else ""},
            )

"""Writes rows as open data."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models.fields.files import ImageFieldFile
from django.urls import reverse
from django.utils import translation
from ninja import Schema

from exhibitors import models
from exhibitors.domain.addresses import part_paths
from exhibitors.domain.open_data import Whole
from exhibitors.models.picture import PictureFile
from exhibitors.views.api import schemas


@dataclass(frozen=True)
class Writer:
    """Writes what belongs to one edition, with addresses that begin with `base`."""

    base: str
    edition_slug: str

    def pages(self, view: str, *parts: str) -> schemas.WebPages:
        addresses = {}
        for language in ("ko", "en"):
            with translation.override(language):
                addresses[language] = self.base + reverse(view, args=[self.edition_slug, *parts])
        return schemas.WebPages(**addresses)

    @cached_property
    def _exhibitor_paths(self) -> list[Callable[[str], str]]:
        paths = []
        for language in ("ko", "en"):
            with translation.override(language):
                paths.append(part_paths("exhibitor", self.edition_slug))
        return paths

    def edition(self, row: models.Edition) -> schemas.Edition:
        fields = _fields(row, schemas.Edition, without={"id", "pages"})
        return schemas.Edition(id=row.slug, pages=self.pages("home"), **fields)

    def hall(self, row: models.Hall) -> schemas.Hall:
        theme = self.theme(row.theme) if row.theme is not None else None
        fields = _fields(row, schemas.Hall, without={"id", "pages", "theme"})
        return schemas.Hall(id=row.code, theme=theme, pages=self.pages("hall", row.code), **fields)

    def theme(self, row: models.Theme) -> schemas.Theme:
        fields = _fields(row, schemas.Theme, without={"id", "pages"})
        return schemas.Theme(id=row.code, pages=self.pages("theme", row.code), **fields)

    def industry(self, row: models.Industry) -> schemas.Industry:
        fields = _fields(row, schemas.Industry, without={"id", "pages"})
        return schemas.Industry(id=row.slug, pages=self.pages("industry", row.slug), **fields)

    def exhibitor(self, whole: Whole) -> schemas.Exhibitor:
        """Write an exhibitor without checking it: for 800 of them that took four fifths of the time."""
        row = whole.exhibitor
        ko, en = self._exhibitor_paths
        return schemas.Exhibitor.model_construct(
            id=row.slug,
            logo=self.picture(row.logo, row, "logo_alt"),
            places=[schemas.Place.model_construct(hall=hall, booth=number or None) for hall, number in whole.places],
            industries=[slug for (slug,) in whole.industries],
            products=[schemas.ProductText.model_construct(**self._product(product)) for product in whole.products],
            collaborations=[slug for (slug,) in whole.collaborations],
            pages=schemas.WebPages.model_construct(ko=self.base + ko(row.slug), en=self.base + en(row.slug)),
            **{name: getattr(row, name) for name in _EXHIBITOR_TEXTS},
        )

    def product(self, row: models.Product) -> schemas.Product:
        return schemas.Product(exhibitor=row.exhibitor.slug, **self._product(row))

    def _product(self, row: models.Product) -> dict[str, Any]:
        picture = self.picture(row.picture, row, "picture_alt")
        return _fields(row, schemas.ProductText, without={"picture"}) | {"picture": picture}

    def collaboration(self, row: models.Collaboration) -> schemas.Collaboration:
        """Write a collaboration that was read with its public members."""
        members = [member.exhibitor for member in row.partners]  # type: ignore[attr-defined]
        return schemas.Collaboration(
            id=row.slug,
            picture=self.picture(row.picture, row, "picture_alt"),
            exhibitors=[schemas.Member(id=m.slug, name_ko=m.name_ko, name_en=m.name_en) for m in members],
            pages=self.pages("collaboration", row.slug),
            **_fields(row, schemas.Collaboration, without={"id", "pages", "picture", "exhibitors"}),
        )

    def picture(self, file: ImageFieldFile, row: object, alt: str) -> schemas.Picture | None:
        if not isinstance(file, PictureFile) or not file:
            return None
        texts = {f"alt_{language}": getattr(row, f"{alt}_{language}") for language in ("ko", "en")}
        return schemas.Picture(address=self.base + file.url, width=file.width, height=file.height, **texts)


def _fields(row: object, schema: type[Schema], *, without: set[str]) -> dict[str, Any]:
    """The fields that the row has under the same name."""
    return {name: getattr(row, name) for name in schema.model_fields if name not in without}


_LINKED = {"id", "logo", "places", "industries", "products", "collaborations", "pages"}
_EXHIBITOR_TEXTS = tuple(name for name in schemas.Exhibitor.model_fields if name not in _LINKED)

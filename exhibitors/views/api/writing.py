"""Writes rows as open data."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models.fields.files import ImageFieldFile
from django.urls import reverse
from django.utils import translation
from ninja import Schema

from exhibitors import models
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

    def exhibitor(self, row: models.Exhibitor) -> schemas.Exhibitor:
        """Write an exhibitor that was read by `open_data.with_everything`."""
        linked = {"logo", "places", "industries", "products", "collaborations"}
        return schemas.Exhibitor(
            id=row.slug,
            logo=self.picture(row.logo, row, "logo_alt"),
            places=_places(row.places),  # type: ignore[attr-defined]
            industries=[link.industry.slug for link in row.lines],  # type: ignore[attr-defined]
            products=[schemas.ProductText(**self._product(product)) for product in row.shown],  # type: ignore[attr-defined]
            collaborations=[story.slug for story in row.joined],  # type: ignore[attr-defined]
            pages=self.pages("exhibitor", row.slug),
            **_fields(row, schemas.Exhibitor, without={"id", "pages", *linked}),
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


def _places(assignments: Iterable[models.BoothAssignment]) -> list[schemas.Place]:
    return [schemas.Place(hall=place.booth.hall.code, booth=place.booth.number or None) for place in assignments]


def _fields(row: object, schema: type[Schema], *, without: set[str]) -> dict[str, Any]:
    """The fields that the row has under the same name."""
    return {name: getattr(row, name) for name in schema.model_fields if name not in without}

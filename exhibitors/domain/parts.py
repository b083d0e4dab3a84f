"""Saves and deletes what exhibitors are searched by: products, booths, halls, themes, industries."""

from collections.abc import Iterable

from django.db.models import Model

from exhibitors.domain import indexing
from exhibitors.domain.history import Action, recorded
from exhibitors.domain.indexing import Part


@recorded(Action.EDIT)
def save_fields(row: Model, names: Iterable[str]) -> None:
    """Save some fields of a row on top of what others have saved since it was read."""
    if isinstance(row, Part):
        indexing.lock([indexing.edition_of(row)])
    stored = type(row)._default_manager.select_for_update().get(pk=row.pk)
    for name in names:
        setattr(stored, name, getattr(row, name))
    if isinstance(stored, Part):
        save(stored)
    else:
        stored.save()


@recorded(Action.EDIT)
def save(part: Part) -> None:
    """Save a row and bring the exhibitors that are searched by it up to date. Six queries per 500 exhibitors."""
    indexing.lock([indexing.edition_of(part)])
    left = indexing.left_by(part)
    part.save()
    indexing.refresh([*left, *indexing.dependents(part)])


@recorded(Action.DELETE)
def delete(part: Part) -> None:
    """Delete a row and bring the exhibitors that were searched by it up to date."""
    indexing.lock([indexing.edition_of(part)])
    searched_by_it = indexing.dependents(part)
    part.delete()
    indexing.refresh(searched_by_it)

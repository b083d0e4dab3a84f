"""Every address of the site, out of the URL resolver, with values of real rows for what it takes."""

import re
from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver
from reversion.models import Version

from exhibitors.models import Exhibitor

# What an address takes that is the same wherever it is taken; keys of rows differ by subject.
VALUES = {
    "app_label": "exhibitors",
    "edition": "2024",
    "hall": "innovation",
    "number": "1",
    "step": "withdraw",
}
# And by the name of the address, where one name means different things.
OWN_VALUES = {
    "hall": {"code": "innovation"},
    "theme": {"code": "cooperation"},
    "industry": {"slug": "machinery"},
    "collaboration": {"slug": "joined"},
    "booth": {"number": "A-01"},
    "api:collaboration": {"collaboration": "joined"},
}
# Expressions are no routes: one address that each of them matches.
EXAMPLES = {
    r"^(?P<app_label>exhibitors|auth)/$": "exhibitors/",
    r"(?P<url>.*)$": "nothing/here",
    r"^api/v[0-9]+/.*/$": "api/v9/nothing/",
}
TAKEN = re.compile(r"<(?:\w+:)?(\w+)>")


def all_addresses(rows: list[Any]) -> dict[str, str]:
    """Every address by its name; by its route, below its namespace, where it has none."""
    by_model = {f"{row._meta.app_label}_{row._meta.model_name}": row for row in rows}
    found: dict[str, str] = {}
    for name, route in routes():
        address = f"/{_filled(name, route, by_model)}"
        assert found.setdefault(name, address) == address, f"two addresses are called {name}"
    return found


def routes() -> Iterator[tuple[str, str]]:
    """The name and the route of every address, with what it takes in angle brackets."""
    return _routes(get_resolver())


def _routes(resolver: URLResolver, route: str = "", below: str = "", namespace: str = "") -> Iterator[tuple[str, str]]:
    for pattern in resolver.url_patterns:
        own = str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _routes(pattern, route + own, "" if pattern.namespace else below + own, inner)
        else:
            assert isinstance(pattern, URLPattern)
            name = pattern.name or below + own
            yield namespace + name, route + EXAMPLES.get(own, own)


def _filled(name: str, route: str, by_model: dict[str, Any]) -> str:
    row = _row_of(name, by_model)
    values = {**VALUES, **_keys(row, by_model), **OWN_VALUES.get(name, {})}
    return TAKEN.sub(lambda taken: str(values[taken[1]]), route)


def _row_of(name: str, by_model: dict[str, Any]) -> Any:
    """The row of the subject that an address of the desk names; else the edition."""
    named = name.removeprefix("admin:").replace("/", "_")
    return next((row for subject, row in by_model.items() if named.startswith(f"{subject}_")), by_model[_EDITION])


_EDITION = "exhibitors_edition"


def _keys(row: Model, by_model: dict[str, Any]) -> dict[str, Any]:
    content_type = ContentType.objects.get_for_model(row)
    version = Version.objects.filter(content_type=content_type).first()
    public = Exhibitor.objects.public().order_by("pk").filter(edition__slug=VALUES["edition"])[0]
    return {
        "content_type_id": content_type.pk,
        "object_id": row.pk,
        "pk": row.pk,
        "id": row.pk,
        "version_pk": version.pk if version else 0,
        "name": by_model["exhibitors_exhibitor"].logo.name,
        "slug": public.slug,
        "exhibitor": public.slug,
    }

"""What pages tell search engines as JSON-LD, in the words of schema.org and in the page's language."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext

from exhibitors.domain.addresses import own_picture
from exhibitors.models import BoothAssignment, Edition, Exhibitor, Product
from exhibitors.models.fields import pick

Data = dict[str, Any]
Absolute = Callable[[str], str]
"""Makes a whole address of a path."""

CONTEXT = {"@context": "https://schema.org"}


def event_page(edition: Edition, absolute: Absolute) -> list[Data]:
    """What the front page of an edition tells; nothing while its days are not known."""
    return [CONTEXT | event(edition, absolute)] if edition.starts_on else []


def event(edition: Edition, absolute: Absolute) -> Data:
    first, last = edition.starts_on, edition.ends_on or edition.starts_on
    venue, hosts = pick(edition, "venue").text, pick(edition, "hosts").text
    return _filled(
        {
            "@type": "Event",
            "name": pick(edition, "name").text,
            "description": pick(edition, "slogan").text,
            "inLanguage": get_language(),
            "startDate": _moment(first, edition.opens_at),
            "endDate": _moment(last, edition.closes_at),
            "eventSchedule": _daily(edition),
            "eventStatus": "https://schema.org/EventScheduled",
            "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
            "location": {"@type": "Place", "name": venue, "address": venue} if venue else None,
            "organizer": {"@type": "Organization", "name": hosts} if hosts else None,
            "url": absolute(edition.get_absolute_url()),
            "image": absolute(own_picture()),
        }
    )


def _moment(day: date | None, clock: time | None) -> str:
    """A day, with the time and its zone where that is known."""
    if day is None or clock is None:
        return day.isoformat() if day else ""
    return timezone.make_aware(datetime.combine(day, clock)).isoformat()


def _daily(edition: Edition) -> Data | None:
    """The opening hours of every day, where they are known."""
    if not (edition.starts_on and edition.opens_at and edition.closes_at):
        return None
    return {
        "@type": "Schedule",
        "startDate": edition.starts_on.isoformat(),
        "endDate": (edition.ends_on or edition.starts_on).isoformat(),
        "startTime": f"{edition.opens_at:%H:%M}",
        "endTime": f"{edition.closes_at:%H:%M}",
        "repeatFrequency": "P1D",
        "scheduleTimezone": settings.TIME_ZONE,
    }


def exhibitor_page(exhibitor: Exhibitor, products: Iterable[Product], absolute: Absolute) -> list[Data]:
    """What an exhibitor's page tells. An invented company is no organisation: its page says only where it stands."""
    trail = breadcrumbs(
        exhibitor.edition,
        [(reverse("exhibitors", args=[exhibitor.edition.slug]), gettext("Exhibitors"))],
        exhibitor.name.text,
        absolute,
    )
    return [trail] if exhibitor.is_sample else [CONTEXT | organisation(exhibitor, products, absolute), trail]


def organisation(exhibitor: Exhibitor, products: Iterable[Product], absolute: Absolute) -> Data:
    page = absolute(exhibitor.get_absolute_url())
    name = exhibitor.name.text
    return _filled(
        {
            "@type": "Organization",
            "name": name,
            "alternateName": [other for other in (exhibitor.name_ko, exhibitor.name_en) if other not in {"", name}],
            "url": exhibitor.homepage or page,
            "mainEntityOfPage": page,
            "logo": absolute(exhibitor.logo.url) if exhibitor.logo else "",
            "telephone": exhibitor.phone,
            "email": exhibitor.email,
            "makesOffer": [_offer(product) for product in products],
            "location": [_place(place) for place in exhibitor.places if not place.booth.is_sample],  # type: ignore[attr-defined]
            "event": event(exhibitor.edition, absolute) if exhibitor.edition.starts_on else None,
        }
    )


def _offer(product: Product) -> Data:
    return {"@type": "Offer", "itemOffered": {"@type": "Product", "name": pick(product, "name").text}}


def _place(place: BoothAssignment) -> Data:
    hall = pick(place.booth.hall, "name").text
    return {"@type": "Place", "name": f"{hall} {place.booth.number}".strip()}


def breadcrumbs(edition: Edition, steps: Iterable[tuple[str, str]], here: str, absolute: Absolute) -> Data:
    """The way from an edition's front page over steps (path, name) to a page."""
    way = [(edition.get_absolute_url(), pick(edition, "name").text), *steps]
    items: list[Data] = [
        {"@type": "ListItem", "position": number, "name": name, "item": absolute(path)}
        for number, (path, name) in enumerate(way, start=1)
    ]
    items.append({"@type": "ListItem", "position": len(items) + 1, "name": here})
    return CONTEXT | {"@type": "BreadcrumbList", "itemListElement": items}


def _filled(data: Data) -> Data:
    return {name: value for name, value in data.items() if value}

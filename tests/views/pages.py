"""What a test reads of a public page."""

import html
import re

from django.test import Client

LIST = "/{language}/2024/exhibitors/"


def address_of(query: str, language: str = "ko", **parameters: str) -> tuple[str, dict[str, str]]:
    """The list's address and its parameters, as a test client takes them."""
    return LIST.format(language=language), {"q": query, **parameters}


def search(client: Client, query: str, language: str = "ko", **parameters: str) -> str:
    """The page of a search."""
    return opened(client, *address_of(query, language, **parameters))


def follow(client: Client, link: str, language: str = "ko") -> str:
    """The page behind a link of the list, such as '?q=a&amp;exact=1'."""
    address = html.unescape(link)
    return opened(client, address if address.startswith("/") else LIST.format(language=language) + address)


def opened(client: Client, address: str, parameters: dict[str, str] | None = None) -> str:
    response = client.get(address, parameters)
    assert response.status_code == 200
    return response.content.decode()


def names(page: str) -> list[str]:
    """The names on the cards, in order."""
    found = re.findall(r'<h2 class="card__name"><a href="[^"]+">(.*?)</a>', page)
    return [text_of(name) for name in found]


def total(page: str) -> int:
    match = re.search(r'id="count">.*?<strong>(\d+)</strong>', page)
    assert match is not None
    return int(match[1])


def note(page: str) -> str:
    """The HTML of what the page says about the search."""
    match = re.search(r'<div class="search-note" role="status">(.*?)</div>', page, re.DOTALL)
    return match[1] if match else ""


def nothing(page: str) -> str:
    """The HTML in place of cards where there are none."""
    match = re.search(r'<div class="nothing">(.*?)</div>\s*</section>', page, re.DOTALL)
    return match[1] if match else ""


def links(part: str) -> dict[str, str]:
    """Addresses by text."""
    return {text_of(text): address for address, text in re.findall(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', part)}


def why(page: str) -> list[str]:
    """The lines that say why something was found, with their marks as they stand, without other tags."""
    lines = re.findall(r'<p class="card__why">(.*?)</p>', page)
    return [re.sub(r"</?span[^>]*>", "", line) for line in lines]


def marks(page: str) -> list[str]:
    return [html.unescape(mark) for mark in re.findall(r"<mark>(.*?)</mark>", page)]


def text_of(part: str) -> str:
    return html.unescape(" ".join(re.sub(r"<[^>]+>", "", part).split()))

"""The public pages that every rule is tried on, by what they show."""

LANGUAGES = ("ko", "en")

LIST = "/{language}/2024/exhibitors/"
BOOTH_LIST = "/{language}/2024/print/booths/"

PAGES = {
    "home": "/{language}/2024/",
    "home of a past edition": "/{language}/2023/",
    "list": LIST,
    "list, narrowed": LIST + "?q=a&theme=cooperation&hall=export&industry=food-beverage&sort=booth",
    "list, second page": LIST + "?page=2",
    "list, found facility": LIST + "?q=상생마켓",
    "list, empty": LIST + "?q=없는회사의이름",
    "list, bad values": LIST + "?hall=nowhere&initial=%E3%85%97&sort=size&page=99",
    "exhibitor with everything": "/{language}/2023/exhibitors/everything-precision-co-ltd/",
    "exhibitor with a name alone": "/{language}/2024/exhibitors/sbx-001/",
    "exhibitor, withdrawn": "/{language}/2023/exhibitors/gone/",
    "halls": "/{language}/2024/halls/",
    "hall": "/{language}/2024/halls/general/",
    "theme": "/{language}/2024/themes/cooperation/",
    "industries": "/{language}/2024/industries/",
    "industry": "/{language}/2024/industries/food-beverage/",
    "collaboration": "/{language}/2024/collaborations/fruit-sorting-line/",
    "collaboration with a picture": "/{language}/2023/collaborations/joined/",
    "changes": "/{language}/2024/changes/",
    "archive": "/{language}/",
    "open data": "/api/v1/",
    "booth list by hall": BOOTH_LIST,
    "booth list by booth": BOOTH_LIST + "?by=booth&hall=export",
    "booth list by name": BOOTH_LIST + "?by=name&initial=%E3%84%B1",
    "booth list by industry": BOOTH_LIST + "?by=industry&industry=machinery&industry=none",
    "booth list, empty": BOOTH_LIST + "?q=없는회사의이름",
    "booth": "/{language}/2024/b/innovation/B-01/",
    "booth, unknown": "/{language}/2024/b/innovation/nowhere/",
    "print run": "/{language}/2023/print/runs/1/",
    "print run, errata": "/{language}/2023/print/runs/1/errata/",
    "print run, changes since": "/{language}/2023/r/1/",
    "directory for paper": "/{language}/2024/print/directory/?by=hall&hall=export",
    "pages for paper": "/{language}/2023/print/pages/?size=large",
    "signs for paper": "/{language}/2023/print/signs/?paper=a3",
    "not found": "/{language}/2024/exhibitors/nobody/",
}

EVERY_PAGE = [(name, language) for name in PAGES for language in LANGUAGES]


def address(name: str, language: str) -> str:
    return PAGES[name].format(language=language)

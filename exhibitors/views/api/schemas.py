"""What the open data consists of. These texts are the documentation that its OpenAPI document carries."""

from datetime import date, time

from ninja import Field, Schema


class WebPages(Schema):
    """Addresses of the page that people read, in Korean and in English."""

    ko: str
    en: str


class Picture(Schema):
    """A picture as WebP, with its size in pixels and what it shows."""

    address: str
    width: int
    height: int
    alt_ko: str
    alt_en: str


class Edition(Schema):
    """One yearly expo. Texts that are empty are not known; `about` is Markdown; times are those of Seoul."""

    id: str = Field(description="Stands in every other address: /api/v1/editions/{id}/…")
    name_ko: str
    name_en: str
    slogan_ko: str
    slogan_en: str
    venue_ko: str
    venue_en: str
    hosts_ko: str
    hosts_en: str
    about_ko: str
    about_en: str
    starts_on: date | None
    ends_on: date | None
    opens_at: time | None = Field(description="Opens daily at this time.")
    closes_at: time | None
    contact_email: str = Field(description="Where errors in the listing are reported.")
    is_current: bool
    has_sample: bool = Field(description="Whether invented exhibitors or booth numbers are in it.")
    pages: WebPages


class Theme(Schema):
    """A group of halls under one name."""

    id: str
    name_ko: str
    name_en: str
    description_ko: str
    description_en: str
    pages: WebPages


class Hall(Schema):
    """A themed space of the expo, in which booths stand."""

    id: str
    name_ko: str
    name_en: str
    description_ko: str
    description_en: str
    theme: Theme | None
    pages: WebPages


class Industry(Schema):
    """A line of business."""

    id: str
    name_ko: str
    name_en: str
    pages: WebPages


class Place(Schema):
    """Where an exhibitor stands."""

    hall: str = Field(description="The hall's id.")
    booth: str | None = Field(description="The booth's number; null where it is to follow.")


class ProductText(Schema):
    """A thing on show."""

    id: int
    name_ko: str
    name_en: str
    text_ko: str
    text_en: str
    picture: Picture | None


class Product(ProductText):
    """A thing on show, with who shows it."""

    exhibitor: str = Field(description="The exhibitor's id.")


class Exhibitor(Schema):
    """A company at the edition. At least one of the two names is filled; other texts that are empty are not known."""

    id: str = Field(description="Never changes, also when the company is renamed.")
    name_ko: str
    name_en: str
    main_products_ko: str
    main_products_en: str
    introduction_ko: str
    introduction_en: str
    homepage: str
    phone: str
    email: str
    region: str
    logo: Picture | None
    places: list[Place] = Field(description="Empty where the booth is to follow.")
    industries: list[str] = Field(description="Ids of the industries.")
    products: list[ProductText]
    collaborations: list[str] = Field(description="Ids of the collaborations.")
    is_sample: bool = Field(description="Whether the company is invented.")
    pages: WebPages


class Member(Schema):
    """An exhibitor who takes part in a collaboration."""

    id: str
    name_ko: str
    name_en: str


class Collaboration(Schema):
    """A story of exhibitors who joined products."""

    id: str
    title_ko: str
    title_en: str
    story_ko: str
    story_en: str
    picture: Picture | None
    exhibitors: list[Member]
    is_sample: bool
    pages: WebPages


class Paged(Schema):
    """A part of a list, with the way to the other parts."""

    total: int = Field(description="The length of the whole list.")
    page: int
    pages: int
    next: str | None = Field(description="The address of the next page; null on the last.")
    previous: str | None
    notices: list[str] = Field(description="A sentence for each part of the address that was not understood.")


class Exhibitors(Paged):
    """Exhibitors in the order asked for."""

    items: list[Exhibitor]


class Products(Paged):
    """Products of all exhibitors."""

    items: list[Product]


class Problem(Schema):
    """Why there is no answer."""

    detail: str

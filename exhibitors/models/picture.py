"""Pictures: every upload is re-encoded to WebP in the widths that the templates use."""

import hashlib
import io
import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models
from django.db.models.fields.files import ImageFieldFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

WIDTHS = (112, 224, 400, 800)  # pixels
MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_HEIGHT = 16_383  # pixels; WebP holds no more
FORMATS = ("PNG", "JPEG", "WEBP")
QUALITY = 82
NAME_PATTERN = re.compile(
    r"^(?P<stem>pictures/[0-9a-f]{2}/[0-9a-f]{32}-(?P<width>\d{1,4})x(?P<height>\d{1,6}))-(?P<file_width>\d{1,4})\.webp$"
)


@dataclass(frozen=True)
class Variant:
    """One encoded width (in pixels) of a picture under its name in the storage."""

    name: str
    width: int
    content: bytes


def encode(data: bytes) -> list[Variant]:
    """Return `data` as WebP in each of WIDTHS that is not wider than the picture, widest last.

    Raises ValidationError with a sentence for the reader when it is no PNG, JPEG or WebP, has more than MAX_BYTES
    or MAX_PIXELS, is too tall for WebP, or is broken. The pixels alone survive: whatever hides behind or inside the
    file is dropped.
    """
    if len(data) > MAX_BYTES:
        raise ValidationError(_("The picture is larger than 10 MB. Save it smaller."), code="too_large")
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            _check_pixels(image)
            ImageOps.exif_transpose(image, in_place=True)
            picture = _in_mode(_eight_bits(image), "RGBA" if image.has_transparency_data else "RGB")
            picture.load()  # before the file is closed
    except _UNREADABLE as error:
        raise ValidationError(
            _("This is no picture that can be read. Use a PNG, JPEG or WebP file."), code="unreadable"
        ) from error
    widths = _widths(picture.width)
    if _height(picture, widths[-1]) > MAX_HEIGHT:
        raise ValidationError(_("The picture is far too tall for its width. Cut it to what matters."), code="too_tall")
    digest = hashlib.sha256(data).hexdigest()[:32]
    stem = f"pictures/{digest[:2]}/{digest}-{widths[-1]}x{_height(picture, widths[-1])}"
    return [Variant(f"{stem}-{width}.webp", width, _webp(picture, width)) for width in widths]


def _in_mode(image: Image.Image, mode: str) -> Image.Image:
    """No copy where none is needed: the largest picture that is taken fills 160 MB."""
    return image if image.mode == mode else image.convert(mode)


def _eight_bits(image: Image.Image) -> Image.Image:
    """Sixteen-bit greys scaled down; converting alone would clip nearly all of them to white."""
    return image.point(lambda value: value * (1 / 256)).convert("L") if image.mode.startswith("I") else image


_UNREADABLE = (
    UnidentifiedImageError,
    OSError,
    SyntaxError,
    ValueError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


def _check_pixels(image: Image.Image) -> None:
    if image.width * image.height > MAX_PIXELS:
        raise ValidationError(_("The picture has more than 40 megapixels. Save it smaller."), code="too_many_pixels")


def _widths(width: int) -> list[int]:
    """All of WIDTHS up to the picture's own, and its own where that is narrower than the widest."""
    fitting = [candidate for candidate in WIDTHS if candidate <= width]
    return fitting if width >= WIDTHS[-1] or width in fitting else [*fitting, width]


def _height(picture: Image.Image, width: int) -> int:
    return max(1, round(picture.height * width / picture.width))


def _webp(picture: Image.Image, width: int) -> bytes:
    size = (width, _height(picture, width))
    scaled = picture if size == picture.size else picture.resize(size, Image.Resampling.LANCZOS)
    buffer = io.BytesIO()
    scaled.save(buffer, "WEBP", quality=QUALITY, method=4)
    return buffer.getvalue()


class PictureFile(ImageFieldFile):
    """A stored picture; its size and narrower variants are read off its name, never off the disk."""

    @property
    def width(self) -> int:
        return int(self._part("width"))

    @property
    def height(self) -> int:
        return int(self._part("height"))

    def variants(self) -> list[tuple[str, int]]:
        """Address and width in pixels of each variant, narrowest first."""
        stem = self._part("stem")
        return [(self.storage.url(f"{stem}-{width}.webp"), width) for width in _widths(self.width)]

    def _part(self, group: str) -> str:
        match = NAME_PATTERN.match(self.name or "")
        if match is None:
            raise ValueError(f"{self.name} was not stored by PictureField")
        return match[group]


class PictureFormField(forms.FileField):
    """Accepts an upload only when it can be re-encoded."""

    widget = forms.ClearableFileInput

    def to_python(self, data: Any) -> Any:
        upload = super().to_python(data)
        if upload is not None:
            if upload.size is not None and upload.size > MAX_BYTES:
                raise ValidationError(_("The picture is larger than 10 MB. Save it smaller."), code="too_large")
            upload.variants = encode(upload.read())  # type: ignore[attr-defined]  # so that saving need not encode again
            upload.seek(0)
        return upload

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"accept": "image/png,image/jpeg,image/webp"}


class PictureField(models.ImageField):
    """A picture that is stored as WebP variants; the column holds the name of the widest."""

    attr_class = PictureFile

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": 120, **kwargs})

    def pre_save(self, instance: models.Model, add: bool) -> PictureFile:  # noqa: FBT001 - Django's signature
        file: PictureFile = getattr(instance, self.attname)
        if file and not file._committed:  # type: ignore[attr-defined]
            upload = file.file
            variants = getattr(upload, "variants", None) or encode(upload.read())
            for variant in variants:
                if not file.storage.exists(variant.name):
                    file.storage.save(variant.name, ContentFile(variant.content))
            setattr(instance, self.attname, variants[-1].name)
            file = getattr(instance, self.attname)
        return file

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        return super().formfield(**{"form_class": PictureFormField, **kwargs})

"""Looks into an OLE compound file, the container of a binary .xls and of an encrypted .xlsx."""

import struct
from collections.abc import Iterator

from django.utils.translation import gettext as _

from exhibitors.domain.importing.errors import FileRefusedError

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST = 0xFFFFFFFA  # this and higher are marks, not sectors


class Compound:
    """The streams of a compound file by name. Raises FileRefusedError where the container is broken."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            self._open()
        except (struct.error, IndexError, ValueError) as error:
            raise _damaged() from error

    def _open(self) -> None:
        self._sector_size = 1 << struct.unpack_from("<H", self._data, 30)[0]
        self._mini_size = 1 << struct.unpack_from("<H", self._data, 32)[0]
        if self._sector_size not in {512, 4096} or self._mini_size != 64:
            raise _damaged()
        directory, self._mini_limit, mini_table = struct.unpack_from("<I4xII", self._data, 48)
        self._table = self._numbers(b"".join(map(self._sector, self._table_sectors())))
        self._mini_table = self._numbers(self._chain(mini_table))
        self._entries = dict(self._directory(self._chain(directory)))
        self._mini_stream = self._chain(self._entries["Root Entry"][0]) if "Root Entry" in self._entries else b""

    @property
    def names(self) -> set[str]:
        return set(self._entries)

    def stream(self, name: str) -> bytes:
        start, size = self._entries[name]
        if size >= self._mini_limit:
            return self._chain(start)[:size]
        parts: list[bytes] = []
        sector = start
        while sector < _LAST and len(parts) <= len(self._mini_table):
            parts.append(self._mini_stream[sector * self._mini_size : (sector + 1) * self._mini_size])
            sector = self._next(self._mini_table, sector)
        return b"".join(parts)[:size]

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._sector_size
        return self._data[start : start + self._sector_size]

    def _numbers(self, content: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])

    def _table_sectors(self) -> Iterator[int]:
        """The sectors of the allocation table: 109 are named in the header, more in a chain of their own."""
        yield from (number for number in struct.unpack_from("<109I", self._data, 76) if number < _LAST)
        sector, count = struct.unpack_from("<II", self._data, 68)
        for _turn in range(min(count, len(self._data) // self._sector_size)):
            *numbers, sector = self._numbers(self._sector(sector))
            yield from (number for number in numbers if number < _LAST)

    def _chain(self, sector: int) -> bytes:
        parts: list[bytes] = []
        while sector < _LAST:
            if len(parts) > len(self._table):  # a chain that bites its tail
                raise _damaged()
            parts.append(self._sector(sector))
            sector = self._next(self._table, sector)
        return b"".join(parts)

    @staticmethod
    def _next(table: tuple[int, ...], sector: int) -> int:
        if sector >= len(table):
            raise _damaged()
        return table[sector]

    def _directory(self, content: bytes) -> Iterator[tuple[str, tuple[int, int]]]:
        for start in range(0, len(content) - 127, 128):
            length, kind = struct.unpack_from("<HB", content, start + 64)
            if kind and 2 <= length <= 64:
                name = content[start : start + length - 2].decode("utf-16-le")
                yield name, struct.unpack_from("<II", content, start + 116)


def _damaged() -> FileRefusedError:
    return FileRefusedError(_("The workbook is damaged or was not transferred whole. Save it again in Excel."))

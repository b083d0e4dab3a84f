"""What a query asks of the stored columns of exhibitors, as SQL: whether one matches, and how well.

Expressions of one piece instead of Q objects: a page has some forty needles, and Django takes 0.1 ms for each.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, Expression, F, IntegerField
from django.db.models.sql.compiler import SQLCompiler

from exhibitors.models import sqlite_trigrams, trigram
from exhibitors.search.document import MARKER
from exhibitors.search.query import Condition, Needle, Query

_Sql = tuple[str, tuple[Any, ...]]


class _OfExhibitor(Expression):
    """Reads columns of the exhibitors that it is asked of. Databases differ in how they look for a needle."""

    def __init__(self, query: Query) -> None:
        super().__init__()
        self.query = query
        self.key: Any = F("pk")

    def get_source_expressions(self) -> list[Any]:
        return [self.key]

    def set_source_expressions(self, exprs: Iterable[Any]) -> None:
        (self.key,) = exprs

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> _Sql:
        return self._sql(_Finder(compiler.quote_name_unless_alias(self.key.alias), connection))

    def _sql(self, finder: "_Finder") -> _Sql:
        raise NotImplementedError


class Matching(_OfExhibitor):
    """Whether every word of the query holds, or the words written as one."""

    output_field = BooleanField()

    def _sql(self, finder: "_Finder") -> _Sql:
        words = _All(tuple(_any(word.condition) for word in self.query.words))
        as_one = _any(self.query.joined.condition)
        return finder.by_index(as_one if len(self.query.words) == 1 else _Any((words, as_one)))


class Rank(_OfExhibitor):
    """How well the exhibitor matches, 0 best: the first of the query's ranks that holds."""

    output_field = IntegerField()

    def _sql(self, finder: "_Finder") -> _Sql:
        cases = ""
        parameters: tuple[Any, ...] = ()
        for place, condition in enumerate(self.query.ranks):
            if condition:
                sql, more = finder.by_reading(_any(condition))
                cases += f" WHEN {sql} THEN {place}"
                parameters += more
        return f"CASE{cases} ELSE {len(self.query.ranks)} END", parameters


@dataclass(frozen=True)
class _All:
    parts: "tuple[_Node, ...]"


@dataclass(frozen=True)
class _Any:
    parts: "tuple[_Node, ...]"


_Node = Needle | _All | _Any


def _any(condition: Condition) -> _Any:
    return _Any(tuple(_All(clause) for clause in condition))


def _needles(node: _Node) -> Iterator[Needle]:
    if isinstance(node, Needle):
        yield node
    else:
        for part in node.parts:
            yield from _needles(part)


@dataclass(frozen=True)
class _Finder:
    """Looks for needles in the columns of a table, in the ways that a database has."""

    table: str
    connection: BaseDatabaseWrapper

    def by_reading(self, node: _Node) -> _Sql:
        return _joined(node, self._read)

    def by_index(self, node: _Node) -> _Sql:
        """SQLite's index is asked once for as much as it can answer; PostgreSQL's are used by LIKE itself."""
        match self.connection.vendor:
            case "sqlite" if sqlite_trigrams.is_true(self.connection):
                return _joined(node, lambda part: self._in_sqlite_index(part) or self._read(part))
            case "postgresql":
                return _joined(node, lambda part: self._in_text_index(part) or self._read(part))
            case _:
                return self.by_reading(node)

    def _read(self, node: _Node) -> _Sql | None:
        """Case-sensitively: SQLite's LIKE folds ASCII, so INSTR."""
        if not isinstance(node, Needle):
            return None
        column = f"{self.table}.{node.column}"
        if self.connection.vendor == "postgresql":
            sql, parameters = f"{column} LIKE %s", (_pattern(node.text),)
            in_front = f"STRPOS({column}, %s) < STRPOS({column}, %s)"
        else:
            sql, parameters = f"INSTR({column}, %s) > 0", (node.text,)
            in_front = f"INSTR({column}, %s) < INSTR({column}, %s)"
        if not node.in_front:
            return sql, parameters
        return f"({sql} AND {in_front})", (*parameters, node.text, MARKER)

    def _in_text_index(self, node: _Node) -> _Sql | None:
        if not isinstance(node, Needle) or node.column != "text_keys":
            return None
        column = f"{self.table}.text_keys"
        sql = f"({column} LIKE %s AND {trigram.WITHOUT_POINTS.format(column=column)} LIKE %s)"
        return sql, (_pattern(node.text), _pattern(node.text.replace(".", "")))

    def _in_sqlite_index(self, node: _Node) -> _Sql | None:
        if not all(sqlite_trigrams.can_find(needle.text) and not needle.in_front for needle in _needles(node)):
            return None
        index = sqlite_trigrams.INDEX
        return f"{self.table}.id IN (SELECT rowid FROM {index} WHERE {index} MATCH %s)", (_match(node),)


def _joined(node: _Node, find: Callable[[_Node], _Sql | None]) -> _Sql:
    """The node as `find` finds it, else its parts joined."""
    if (found := find(node)) is not None:
        return found
    if isinstance(node, Needle):
        raise TypeError("every way to find finds a single needle")
    parts = [_joined(part, find) for part in node.parts]
    word = " AND " if isinstance(node, _All) else " OR "
    return f"({word.join(sql for sql, _ in parts)})", tuple(parameter for _, more in parts for parameter in more)


def _pattern(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def _match(node: _Node) -> str:
    if isinstance(node, Needle):
        return sqlite_trigrams.phrase(node.column, node.text)
    word = " AND " if isinstance(node, _All) else " OR "
    return f"({word.join(map(_match, node.parts))})"

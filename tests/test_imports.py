"""The direction of imports: parsed out of every module, and the rules themselves tried on bad examples."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LAYERS = [
    {"search"},
    {"models"},
    {"domain"},
    {"forms"},
    {"views", "admin", "management", "templatetags"},
    {"urls"},
]
"""From the ground up: a layer imports what lies below it, and itself; neighbours never import each other."""
LEVEL = {part: level for level, parts in enumerate(LAYERS) for part in parts}
BESIDES = {
    "apps": {"search", "models", "domain", "checks", "admin"},
    "checks": {"search", "models"},
    "migrations": {"search", "models"},
    "sample": set[str](),
}
"""Parts that are no layer, with what they may import."""


@dataclass(frozen=True)
class Import:
    """An import of `target` (a dotted name) in `module`, at a line, inside the functions or classes `within`."""

    module: str
    target: str
    line: int
    within: tuple[str, ...]
    is_in_function: bool


def imports_of(source: str, module: str, *, is_package: bool = False) -> list[Import]:
    """All imports of a module, relative ones made absolute; `from a import b` counts as a.b, which may be a module."""
    return list(_walk(ast.parse(source), module, is_package))


def _walk(
    node: ast.AST, module: str, is_package: bool, within: tuple[str, ...] = (), in_function: bool = False
) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        for target in _targets(child, module, is_package):
            yield Import(module, target, child.lineno, within, in_function)  # type: ignore[attr-defined]
        is_function = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        name = getattr(child, "name", "")
        is_scope = is_function or isinstance(child, ast.ClassDef)
        inner = (*within, name) if is_scope else within
        yield from _walk(child, module, is_package, inner, in_function or is_function)


def _targets(node: ast.AST, module: str, is_package: bool) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        parts = module.split(".")
        up = node.level - 1 if is_package else node.level
        base = ".".join(parts[: len(parts) - up]) if node.level else ""
        source = ".".join(filter(None, [base, node.module or ""]))
        return [f"{source}.{alias.name}" for alias in node.names]
    return []


def part_of(name: str) -> str | None:
    """The layer of our own that a dotted name lies in; None where it is not ours."""
    parts = name.split(".")
    if parts[0] == "expo":
        return "urls" if parts[1:2] == ["urls"] else "expo"
    if parts[0] == "exhibitors":
        return parts[1] if len(parts) > 1 else "exhibitors"
    return None


def complaint(found: Import) -> str | None:
    """What is wrong with an import; None where nothing is."""
    importer, imported = part_of(found.module), part_of(found.target)
    if found.is_in_function and not (importer == "apps" and found.within[-1:] == ("ready",)):
        return f"{found.module}:{found.line} imports {found.target} inside a function"
    if importer == "search" and found.target.split(".")[0] == "django":
        return f"{found.module}:{found.line}: search is pure and imports no Django"
    if imported is None or importer in (imported, "expo"):
        return None
    if not _may_import(importer, imported):
        return f"{found.module}:{found.line}: {importer} imports {imported} ({found.target})"
    return None


def _may_import(importer: str | None, imported: str) -> bool:
    if importer in BESIDES:
        return imported in BESIDES[importer]
    if importer in LEVEL and imported in LEVEL:
        return LEVEL[imported] < LEVEL[importer]
    return False


def modules() -> Iterator[tuple[str, Path]]:
    for top in ("exhibitors", "expo"):
        for path in sorted((ROOT / top).rglob("*.py")):
            parts = list(path.relative_to(ROOT).with_suffix("").parts)
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


def test_every_import_points_downwards() -> None:
    complaints = [
        complaint(found)
        for module, path in modules()
        for found in imports_of(path.read_text(), module, is_package=path.name == "__init__.py")
    ]

    assert [text for text in complaints if text] == []


def test_no_request_can_load_what_writes_pdf() -> None:
    """It takes seconds and hundreds of megabytes; views and forms cannot import management, as the rules above say."""
    imports = [
        found
        for module, path in modules()
        for found in imports_of(path.read_text(), module, is_package=path.name == "__init__.py")
    ]

    def importers(*targets: str) -> set[str]:
        return {found.module for found in imports if found.target.startswith(targets)}

    assert importers("weasyprint") == {"exhibitors.management.weasy"}
    assert importers("exhibitors.management.weasy") == {"exhibitors.management.pdf"}
    assert importers("exhibitors.management.pdf") == {"exhibitors.management.commands.print_booths_pdf"}


def test_every_module_lies_in_a_known_part() -> None:
    parts = {part_of(module) for module, _path in modules()}

    assert parts - LEVEL.keys() - BESIDES.keys() == {"exhibitors", "expo"}


def test_the_walk_finds_modules_of_every_layer() -> None:
    parts = {part_of(module) for module, _path in modules()}

    assert parts >= LEVEL.keys() - {"templatetags"}


@pytest.mark.parametrize(
    ("module", "source", "expected"),
    [
        ("exhibitors.models.hall", "from exhibitors.domain import booths", "models imports domain"),
        ("exhibitors.domain.booths", "import exhibitors.forms.directory", "domain imports forms"),
        ("exhibitors.search.query", "from exhibitors.models import Hall", "search imports models"),
        ("exhibitors.search.query", "from django.db import models", "search is pure"),
        ("exhibitors.forms.directory", "from exhibitors.views import home", "forms imports views"),
        ("exhibitors.views.home", "from exhibitors.admin.site import ExpoAdminSite", "views imports admin"),
        ("exhibitors.admin.hall", "from exhibitors.views.home import home", "admin imports views"),
        ("exhibitors.templatetags.expo", "from exhibitors.views import page", "templatetags imports views"),
        ("exhibitors.views.home", "from exhibitors.urls import urlpatterns", "views imports urls"),
        ("exhibitors.views.home", "from exhibitors import admin", "views imports admin"),
        ("exhibitors.views.home", "from .. import admin", "views imports admin"),
        ("exhibitors.views.home", "from ..admin import site", "views imports admin"),
        ("exhibitors.domain.booths", "import expo.settings", "domain imports expo"),
        ("exhibitors.models.hall", "def save():\n    from datetime import date", "inside a function"),
        ("exhibitors.models.hall", "class A:\n    def ready(self):\n        import os", "inside a function"),
        ("exhibitors.models.hall", "if True:\n    from exhibitors.views import home", "models imports views"),
        ("exhibitors.apps", "def helper():\n    import os", "inside a function"),
        ("exhibitors.migrations.0001", "from exhibitors.domain import slugs", "migrations imports domain"),
    ],
)
def test_a_bad_import_is_told(module: str, source: str, expected: str) -> None:
    texts = [complaint(found) for found in imports_of(source, module)]

    assert len(texts) == 1
    assert expected in (texts[0] or "")


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("exhibitors.views.home", "from exhibitors.domain.editions import today"),
        ("exhibitors.views.home", "from exhibitors.views.page import show"),
        ("exhibitors.views.home", "from .page import show"),
        ("exhibitors.admin.hall", "from exhibitors.models import Hall"),
        ("exhibitors.domain.booths", "from exhibitors.search import normalise"),
        ("exhibitors.models.hall", "from django.db import models"),
        ("exhibitors.apps", "class C:\n    def ready(self):\n        from exhibitors.domain import checks"),
        ("expo.urls", "from exhibitors.views import home"),
    ],
)
def test_a_good_import_passes(module: str, source: str) -> None:
    assert [complaint(found) for found in imports_of(source, module)] == [None]


def test_a_relative_import_of_a_package_starts_at_the_package_itself() -> None:
    found = imports_of("from . import booth", "exhibitors.models", is_package=True)

    assert [each.target for each in found] == ["exhibitors.models.booth"]

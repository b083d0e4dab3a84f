"""HTML tables are read as a browser shows them."""

import pytest

from exhibitors.domain.importing import FileRefusedError
from exhibitors.domain.importing.markup import is_markup, read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\n\n <html><body>", True),
        ("<!-- note --><table>", True),
        ("<!DOCTYPE html>\n<HTML>", True),
        ("<meta charset=euc-kr>\n<Table border=1>", True),
        ("name,<table>\n", False),
        ("회사명,부스\n", False),
        ("<5 employees,name\n", False),
        ("", False),
    ],
)
def test_markup_is_told_from_csv(text: str, expected: bool) -> None:
    assert is_markup(text) is expected


def rows(html: str) -> list[list[str]]:
    (sheet,) = read(html)
    return sheet.rows


def test_cells_lose_the_blanks_of_the_source_and_keep_breaks_and_entities() -> None:
    html = "<table><tr><th>회사명</th><td>\n\t one\n  two<br>three &amp; four&nbsp;</td></tr></table>"

    assert rows(html) == [["회사명", "one two\nthree & four"]]


def test_a_cell_over_several_rows_fills_down() -> None:
    html = "<tr><td rowspan=3>혁신관<td>A<td rowspan=2>x</tr><tr><td>B</tr><tr><td>C<td>y</tr><tr><td>수출관</tr>"

    assert rows(f"<table>{html}</table>") == [
        ["혁신관", "A", "x"],
        ["혁신관", "B", "x"],
        ["혁신관", "C", "y"],
        ["수출관"],
    ]


def test_a_cell_over_several_columns_stands_in_the_first() -> None:
    (sheet,) = read('<table><tr><td colspan="3">제목</td><td>d</td></tr><tr><td>a<td>b<td>c<td>e</table>')

    assert sheet.rows == [["제목", "", "", "d"], ["a", "b", "c", "e"]]
    assert sheet.merged_across == {(0, 0): 2}


def test_tags_left_open_and_scripts_do_no_harm() -> None:
    html = "<table><tr><td>a<td>b<script>var x = '<td>no</td>'</script><tr><td>c<style>td{}</style><td>d"

    assert rows(html) == [["a", "b"], ["c", "d"]]


def test_a_table_for_layout_does_not_hide_the_one_inside() -> None:
    outer, inner = read("<table><tr><td>menu<table><tr><td>회사명</table>after</table>")

    assert (outer.rows, inner.rows) == ([["menuafter"]], [["회사명"]])


@pytest.mark.parametrize(
    "html",
    ["<table><tr><td colspan=999999>a", "<table>" + "<tr><td>a" * 20_001, "<table><tr>" + "<td>" * 257],
)
def test_tables_beyond_the_limits_are_refused(html: str) -> None:
    with pytest.raises(FileRefusedError, match=r"the last (row|column) that is read"):
        read(html)


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("a<!-- <td>b --> c", "a c"),
        ("a<!-- never closed <td>b", "a"),
        ("a<![CDATA[b]]>c", "ac"),
        ("<<a <<</ 1<2 &lt;", "<<a <<</ 1<2 <"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("a<br/>b<o:p></o:p>", "a\nb"),
        ("<span title='x'>a</span>", "a"),
        ("a<script>var b = '<td>'", "a"),
    ],
)
def test_what_a_browser_does_not_show_is_not_read(inside: str, text: str) -> None:
    assert rows(f"<table><tr><td>{inside}") == [[text]]


def test_a_million_tables_are_no_spreadsheet() -> None:
    with pytest.raises(FileRefusedError, match="no spreadsheet that can be read"):
        read("<table>" * 2_001)


def test_a_rowspan_beyond_the_table_ends_with_it() -> None:
    assert rows("<table><tr><td rowspan=65000>a<td>b<tr><td>c") == [["a", "b"], ["a", "c"]]

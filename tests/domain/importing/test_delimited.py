"""CSV is read with the separator, the quotes and the line ends that it has."""

import pytest

from exhibitors.domain.importing import FileRefusedError, limits
from exhibitors.domain.importing.delimited import read


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_found(separator: str) -> None:
    text = separator.join(["name", "booth"]) + "\r\n" + separator.join(["Müller, Maier & Co", "A-1"]) + "\r\n"
    text = text.replace("Müller, Maier & Co", '"Müller, Maier & Co"') if separator == "," else text

    assert read(text) == ([["name", "booth"], ["Müller, Maier & Co", "A-1"]], separator)


def test_commas_in_the_texts_of_a_semicolon_file_do_not_mislead() -> None:
    text = "name;text\nA;one, two, three\nB;four, five, six\nC;seven\n"

    assert read(text)[1] == ";"


def test_separators_inside_quotes_do_not_count() -> None:
    text = 'name,booths\nA,"1;2;3"\nB,"4;5;6"\nC,"7;8;9"\n'

    assert read(text) == ([["name", "booths"], ["A", "1;2;3"], ["B", "4;5;6"], ["C", "7;8;9"]], ",")


def test_texts_of_many_lines_with_a_semicolon_in_each_do_not_mislead() -> None:
    lines = "\n".join(["one; two"] * 20)

    assert read(f'name,text\nA,"{lines}"\nB,"{lines}"\n') == ([["name", "text"], ["A", lines], ["B", lines]], ",")


def test_rows_of_different_lengths_do_not_mislead() -> None:
    text = '"회사명","부스"\n"A",";1"\n"B","",";2"\n"C","","",";3"\n'

    assert read(text) == ([["회사명", "부스"], ["A", ";1"], ["B", "", ";2"], ["C", "", "", ";3"]], ",")


def test_a_single_column_has_no_separator() -> None:
    assert read("회사명\n에바\n백제\n")[0] == [["회사명"], ["에바"], ["백제"]]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_breaks_in_quoted_cells_stay_inside(line_end: str) -> None:
    text = f'name,text{line_end}A,"one{line_end}two ""quoted"""{line_end}B,three{line_end}'

    assert read(text)[0] == [["name", "text"], ["A", f'one{line_end}two "quoted"'], ["B", "three"]]


def test_blank_lines_are_rows_as_in_excel() -> None:
    assert read("\n,\nname,booth\nA,1\n")[0] == [[], ["", ""], ["name", "booth"], ["A", "1"]]


def test_blank_lines_behind_the_last_row_that_is_read_are_not_kept() -> None:
    rows, _separator = read("name,booth\nA,1\n" + "\n" * 3 * limits.MAX_LAST_ROW)

    assert (rows[:2], len(rows)) == ([["name", "booth"], ["A", "1"]], limits.MAX_LAST_ROW)


def test_content_behind_the_last_row_that_is_read_is_refused() -> None:
    with pytest.raises(FileRefusedError, match="content in row 20002"):
        read("name,booth\n" + "\n" * limits.MAX_LAST_ROW + "A,1\n")


def test_excels_own_hint_is_followed_and_is_no_row() -> None:
    assert read("sep=;\r\nname;booth\r\nA, B;1\r\n") == ([["name", "booth"], ["A, B", "1"]], ";")


@pytest.mark.parametrize("tail", ["", "x" * 200_000])
def test_a_quote_that_is_never_closed_swallows_no_rows(tail: str) -> None:
    text = f'name,booth\nA,1\n"B,2\nC,3\n{tail}'

    with pytest.raises(FileRefusedError, match="quotation mark in row 3 is opened and never closed"):
        read(text)


def test_an_inch_mark_inside_a_cell_is_no_quote() -> None:
    assert read('name,size\nA,5" panel\nB,6\n')[0] == [["name", "size"], ["A", '5" panel'], ["B", "6"]]


def test_more_columns_than_the_limit_are_refused() -> None:
    with pytest.raises(FileRefusedError, match="content in column 257"):
        read("name" + "," * 256 + "\n")


def test_a_cell_of_ten_megabytes_is_refused() -> None:
    with pytest.raises(FileRefusedError, match="quotation mark in row 2"):
        read("회사명,지역\n에바," + "a" * (limits.MAX_BYTES - 100))


def test_a_line_of_ten_megabytes_is_refused() -> None:
    with pytest.raises(FileRefusedError, match="the last column that is read is 256"):
        read("회사명" + ",a" * (limits.MAX_BYTES // 2 - 100))

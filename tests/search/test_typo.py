"""Corrections by the words of the edition."""

import pytest

from exhibitors.search.document import Source
from exhibitors.search.typo import Term, Vocabulary, terms
from tests.search.directories import directory


def test_terms_are_names_products_and_their_words_without_company_form() -> None:
    source = Source(("(주)나전 칠기", "Otyang Lacquer Inc."), products=("옻칠함/보석함", "차"))

    assert [term.text for term in terms(source)] == [
        "나전 칠기", "나전", "칠기", "Otyang Lacquer", "Otyang", "Lacquer", "옻칠함/보석함", "옻칠함", "보석함",
    ]  # fmt: skip


def vocabulary(*words: str) -> Vocabulary:
    return Vocabulary(term for word in words for term in terms(Source((word,))))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("메디오쓰", "메디오스"),
        ("메디어스", "메디오스"),
        ("매디오스", "메디오스"),
        ("산청기토와", "산청토기와"),
        ("산청토기왕", "산청토기와"),
        ("애바", "에바"),
        ("퓨이처", "이퓨처"),
        ("Samsumg", "samsung"),
        ("Hynics", "hynix"),
        ("hlala", "halla"),
    ],
)
def test_slip_is_corrected(typed: str, meant: str) -> None:
    known = vocabulary(
        "메디오스", "메디솔루션", "산청토기와", "산청도예원", "에바", "이퓨처", "samsung", "hynix", "halla"
    )

    assert known.corrections(typed)[:1] == (meant,)


@pytest.mark.parametrize("typed", ["에버", "커피", "로봇", "a13", "zzqxv", "가", "", "x" * 500])
def test_other_words_stay_as_they_are(typed: str) -> None:
    known = vocabulary("에바", "메디오스", "산청토기와", "samsung", "a120", "커튼")

    assert known.corrections(typed) == ()


def test_order_of_the_terms_does_not_matter() -> None:
    words = ["전기차", "전기자", "전기과", "전기화", "samsung", "samsong"]

    for typed in ("전기타", "samsang", "전가차"):
        assert vocabulary(*words).corrections(typed) == vocabulary(*reversed(words)).corrections(typed)


def test_at_most_three_corrections_are_given() -> None:
    known = vocabulary(*(f"전기차{syllable}" for syllable in "가나다라마바사"))

    assert len(known.corrections("전기차아")) == 3


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("skgkdlslrtm", "sk하이닉스"),
        ("SKgkdlslrtm", "sk하이닉스"),
        ("나하이닉스", "sk하이닉스"),
        ("나하이", "sk하이"),
        ("gkdlslrtm", "하이닉스"),
        ("dnpsejr", "웬떡"),
        ("메디오쓰", None),
        ("zzzz", None),
        ("na", None),
    ],
)
def test_any_mix_of_layouts_is_read(typed: str, meant: str | None) -> None:
    assert vocabulary("SK하이닉스", "웬떡마을", "메디오스").in_another_layout(typed) == meant


def test_vocabulary_without_terms_knows_nothing() -> None:
    empty = Vocabulary([])

    assert empty.corrections("메디오스") == ()
    assert empty.in_another_layout("apeldhtm") is None


def test_known_term_is_no_correction_of_itself() -> None:
    assert Vocabulary([Term("APELDHTM", "메디오스")]).corrections("메디오스") == ()
    assert directory("invented").vocabulary.knows("메디온스")

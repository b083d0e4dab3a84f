"""The sample edition's files: complete, consistent, and silent where the sources are."""

import codecs
import csv
import re
import tomllib
import unicodedata
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

SAMPLE = Path(__file__).parents[2] / "exhibitors" / "sample"
EXHIBITOR_HEADINGS = (
    "업체코드,업체명,영문명,전시관,부스,업종,주요품목,주요품목(영문),소개,소개(영문),홈페이지,전화,이메일,지역,표본"
)
PRODUCT_HEADINGS = "업체코드,품목명,품목명(영문),설명,설명(영문),순서"
NAMED_BY_THE_PRESS = {
    "웬떡마을": ("교차협력관 (1·2관 미정)", "약밥·떡류", ["약밥", "떡류"]),
    "쿠첸": ("교차협력관 (1·2관 미정)", "전기밥솥", ["전기밥솥"]),
    "형제파트너": ("교차협력관 (1·2관 미정)", "전기자동차", ["전기자동차"]),
    "씨티앤에스": ("교차협력관 (1·2관 미정)", "배터리팩", ["배터리팩"]),
    "산청토기와": ("혁신관", "전통기와", ["전통기와"]),
    "한서정공": ("혁신관", "특장차", ["특장차"]),
    "에바": ("수출관", "전기차충전기", ["전기차충전기"]),
    "백제": ("수출관", "건면", ["건면"]),
    "메디오스": ("수출관", "콘택트렌즈", ["콘택트렌즈"]),
}
COLOURS = {"blue", "teal", "violet", "brown", "green", "crimson", "navy", "slate"}
# fmt: off
REGIONS = {
    "서울특별시", "부산광역시", "대구광역시", "인천광역시", "광주광역시",
    "대전광역시", "울산광역시", "세종특별자치시", "경기도", "강원특별자치도",
    "충청북도", "충청남도", "전북특별자치도", "전라남도", "경상북도",
    "경상남도", "제주특별자치도",
}
# fmt: on
COMPANY_FORM = re.compile(r"\((?:주|유)\)|㈜|주식회사|농업회사법인|영농조합법인")
INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"

Row = dict[str, str]


def read_rows(name: str) -> list[Row]:
    with (SAMPLE / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, strict=True))


@pytest.fixture(scope="module")
def sample() -> dict[str, Any]:
    return tomllib.loads((SAMPLE / "edition.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def exhibitors() -> list[Row]:
    return read_rows("exhibitors.csv")


@pytest.fixture(scope="module")
def products() -> list[Row]:
    return read_rows("products.csv")


def invented(exhibitors: list[Row]) -> list[Row]:
    return [row for row in exhibitors if row["업체명"] not in NAMED_BY_THE_PRESS]


def parts(cell: str) -> list[str]:
    return cell.split(", ") if cell else []


def bare_name(name: str) -> str:
    return COMPANY_FORM.sub("", name).strip()


def initial(name: str) -> str:
    first = bare_name(name)[0]
    if "가" <= first <= "힣":
        return INITIALS[(ord(first) - ord("가")) // 588]
    return "A" if first.isascii() and first.isalpha() else "0" if first.isdigit() else first


# The tables


@pytest.mark.parametrize(
    ("name", "headings"),
    [("exhibitors.csv", EXHIBITOR_HEADINGS), ("products.csv", PRODUCT_HEADINGS)],
)
def test_a_table_opens_in_excel_with_the_headings_of_an_organiser(name: str, headings: str) -> None:
    text = (SAMPLE / name).read_bytes()

    rows = list(csv.reader(text.decode("utf-8-sig").splitlines(), strict=True))

    assert text.startswith(codecs.BOM_UTF8)
    assert ",".join(rows[0]) == headings
    assert {len(row) for row in rows} == {len(rows[0])}


@pytest.mark.parametrize("name", ["exhibitors.csv", "products.csv"])
def test_cells_are_composed_trimmed_and_never_read_as_a_formula(name: str) -> None:
    cells = [cell for row in read_rows(name) for cell in row.values()]

    assert [c for c in cells if unicodedata.normalize("NFC", c) != c] == []
    assert [c for c in cells if c != c.strip() or "\n" in c] == []
    assert [c for c in cells if c.startswith(("=", "+", "-", "@"))] == []


def test_ninety_nine_exhibitors_have_codes_without_gaps(exhibitors: list[Row]) -> None:
    codes = [row["업체코드"] for row in exhibitors]

    assert codes == [f"SBX-{number:03}" for number in range(1, 100)]


@pytest.mark.parametrize("column", ["업체명", "영문명", "홈페이지", "전화", "이메일"])
def test_no_two_exhibitors_share_a(column: str, exhibitors: list[Row]) -> None:
    values = Counter(bare_name(row[column]).casefold() for row in exhibitors if row[column])

    assert [value for value, count in values.items() if count > 1] == []


# Real companies


def test_the_named_companies_carry_nothing_beyond_the_press(exhibitors: list[Row]) -> None:
    real = [row for row in exhibitors if row["업체명"] in NAMED_BY_THE_PRESS]

    stated = {row["업체명"]: {k: v for k, v in row.items() if v} for row in real}

    assert stated == {
        name: {
            "업체코드": stated[name]["업체코드"],
            "업체명": name,
            "전시관": hall,
            "주요품목": main_products,
        }
        for name, (hall, main_products, _) in NAMED_BY_THE_PRESS.items()
    }


def test_the_named_companies_products_are_names_alone(exhibitors: list[Row], products: list[Row]) -> None:
    for row in exhibitors:
        if row["업체명"] in NAMED_BY_THE_PRESS:
            own = [p for p in products if p["업체코드"] == row["업체코드"]]

            assert [p["품목명"] for p in own] == NAMED_BY_THE_PRESS[row["업체명"]][2]
            assert [p["품목명(영문)"] + p["설명"] + p["설명(영문)"] for p in own] == [""] * len(own)


# Invented companies


def test_every_invented_row_and_no_other_is_marked_as_a_sample(exhibitors: list[Row]) -> None:
    marked = [row for row in exhibitors if row["표본"]]

    assert marked == invented(exhibitors)
    assert len(marked) == 90
    assert {row["표본"] for row in marked} == {"표본"}


def test_invented_companies_can_be_reached_nowhere(exhibitors: list[Row], sample: dict[str, Any]) -> None:
    rows = invented(exhibitors)
    hosts = [urlsplit(row["홈페이지"]).hostname or "" for row in rows if row["홈페이지"]]
    hosts += [row["이메일"].partition("@")[2] for row in rows if row["이메일"]]
    hosts.append(sample["edition"]["contact_email"].partition("@")[2])
    phones = [row["전화"] for row in rows if row["전화"]]

    assert [host for host in hosts if not re.fullmatch(r"[a-z0-9]+\.example", host)] == []
    assert [phone for phone in phones if not re.fullmatch(r"0\d{1,2}-0000-\d{4}", phone)] == []


def test_regions_are_provinces_and_cities_by_their_full_names(exhibitors: list[Row]) -> None:
    assert {row["지역"] for row in invented(exhibitors)} <= REGIONS


def test_introductions_have_one_to_three_sentences_of_their_own(exhibitors: list[Row]) -> None:
    for column, sentence_end in (("소개", r"다\."), ("소개(영문)", r"[a-z0-9)]\.(?:\s|$)")):
        texts = [row[column] for row in invented(exhibitors) if row[column]]

        assert len(set(texts)) == len(texts)
        assert [t for t in texts if len(re.findall(sentence_end, t)) not in (1, 2, 3)] == []


def test_each_initial_occurs_and_so_do_latin_letters_and_digits(exhibitors: list[Row]) -> None:
    found = Counter(initial(row["업체명"]) for row in exhibitors)

    assert set(INITIALS) <= set(found)
    assert found["A"] >= 3
    assert found["0"] == 1
    assert set(found) == {*INITIALS, "A", "0"}


@pytest.mark.parametrize("form", ["(주)", "㈜", "주식회사", "농업회사법인", "영농조합법인", "(유)"])
def test_some_name_carries_the_company_form(form: str, exhibitors: list[Row]) -> None:
    assert [row["업체명"] for row in exhibitors if form in row["업체명"]] != []


@pytest.mark.parametrize("column", ["영문명", "전시관", "부스", "업종", "소개(영문)", "홈페이지", "전화", "이메일"])
def test_a_few_invented_companies_lack_a(column: str, exhibitors: list[Row]) -> None:
    missing = [row for row in invented(exhibitors) if not row[column]]

    assert 1 <= len(missing) <= 10


# Halls, booths, industries


def test_halls_and_industries_of_the_tables_exist(exhibitors: list[Row], sample: dict[str, Any]) -> None:
    halls = {hall["name_ko"] for hall in sample["halls"]}
    industries = {industry["name_ko"] for industry in sample["industries"]}

    assert {row["전시관"] for row in exhibitors} - {""} == halls
    assert {name for row in exhibitors for name in parts(row["업종"])} == industries


def test_hall_counts_add_up_to_ninety_nine(exhibitors: list[Row]) -> None:
    assert Counter(row["전시관"] for row in exhibitors) == {
        "교차협력관 (1·2관 미정)": 4,
        "교차협력1관": 4,
        "교차협력2관": 3,
        "혁신관": 20,
        "수출관": 25,
        "일반관": 42,
        "": 1,
    }


def test_some_invented_companies_have_two_industries(exhibitors: list[Row]) -> None:
    assert sum(len(parts(row["업종"])) == 2 for row in exhibitors) == 5


def test_booths_stand_in_a_grid_named_by_a_letter(exhibitors: list[Row]) -> None:
    letters = {
        "교차협력1관": "A",
        "교차협력2관": "A",
        "혁신관": "B",
        "수출관": "C",
        "일반관": "D",
    }

    for row in exhibitors:
        for booth in parts(row["부스"]):
            assert re.fullmatch(rf"{letters[row['전시관']]}-[0-9]{{2}}", booth)


def test_booths_are_shared_and_doubled_as_intended(exhibitors: list[Row]) -> None:
    occupants = Counter(booth for row in exhibitors for booth in parts(row["부스"]))
    doubled = [row["부스"] for row in exhibitors if len(parts(row["부스"])) > 1]

    assert {booth: n for booth, n in occupants.items() if n > 1} == {"A-01": 2, "D-47": 2}
    assert doubled == ["B-05, B-06", "C-08, C-09", "D-21, D-22"]


def test_no_exhibitor_stands_on_the_booth_of_a_facility(exhibitors: list[Row], sample: dict[str, Any]) -> None:
    names = {hall["code"]: hall["name_ko"] for hall in sample["halls"]}
    facilities = {(names[f["hall"]], f["booth"]) for f in sample["facilities"]}
    taken = {(row["전시관"], booth) for row in exhibitors for booth in parts(row["부스"])}

    assert len(facilities) == len(sample["facilities"])
    assert facilities & taken == set()


# Products


def test_products_belong_to_exhibitors_and_are_numbered(exhibitors: list[Row], products: list[Row]) -> None:
    codes = {row["업체코드"] for row in exhibitors}
    by_code: dict[str, list[Row]] = {}
    for product in products:
        by_code.setdefault(product["업체코드"], []).append(product)

    assert set(by_code) <= codes
    for own in by_code.values():
        assert [p["순서"] for p in own] == [str(n) for n in range(1, len(own) + 1)]
        assert len(own) <= 4
        assert len({p["품목명"] for p in own}) == len(own)
        assert all(p["품목명"] for p in own)


def test_most_invented_companies_have_products_but_not_all(exhibitors: list[Row], products: list[Row]) -> None:
    codes = {product["업체코드"] for product in products}

    without = [row for row in invented(exhibitors) if row["업체코드"] not in codes]

    assert 1 <= len(without) <= 10


# The edition


def test_the_edition_says_what_the_press_said_and_no_opening_hours(sample: dict[str, Any]) -> None:
    edition = sample["edition"]

    assert edition["slug"] == "2024"
    assert edition["slogan_ko"] == "미래를 만들어 가는 지속 가능한 동행"
    assert (edition["starts_on"], edition["ends_on"]) == (date(2024, 10, 22), date(2024, 10, 25))
    assert not {"opens_at", "closes_at"} & set(edition)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_about_text_names_the_programmes_and_the_figures(language: str, sample: dict[str, Any]) -> None:
    needed = {
        "ko": (
            "구매상담존 라이브커머스 현장리포트 상생마켓 중소기업중앙회 업무매뉴얼 브로셔 "
            "2018년 3,110억 5,961개사 99개사 삼성전자"
        ),
        "en": ("Consultation Commerce reports Sangsaeng KBIZ manual brochure 2018 311 5,961 99 Samsung"),
    }
    text = sample["edition"][f"about_{language}"]

    assert [word for word in needed[language].split() if word not in text] == []


@pytest.mark.parametrize("table", ["themes", "halls", "industries", "facilities", "collaborations"])
def test_entries_are_named_in_both_languages_unique_and_in_order(table: str, sample: dict[str, Any]) -> None:
    entries = sample[table]
    keys = [entry.get("slug") or entry["code"] for entry in entries]

    assert len(set(keys)) == len(keys)
    assert [key for key in keys if not re.fullmatch(r"[a-z0-9-]+", key)] == []
    assert [entry["position"] for entry in entries] == list(range(1, len(entries) + 1))
    for entry in entries:
        texts = [value for field, value in entry.items() if field.endswith(("_ko", "_en"))]
        assert len(texts) in (2, 4)
        assert all(text.strip() == text != "" for text in texts)


def test_halls_have_a_colour_of_their_own_and_a_known_theme(sample: dict[str, Any]) -> None:
    themes = {theme["code"] for theme in sample["themes"]}
    colours = [hall["colour"] for hall in sample["halls"]]

    assert set(colours) <= COLOURS
    assert len(set(colours)) == len(colours)
    assert {hall["theme"] for hall in sample["halls"]} == themes | {""}
    assert [hall["code"] for hall in sample["halls"] if hall["is_sample"]] == ["general"]


def test_the_four_facilities_stand_in_known_halls(sample: dict[str, Any]) -> None:
    assert [f["name_ko"] for f in sample["facilities"]] == [
        "구매상담존",
        "라이브커머스 스튜디오",
        "상생마켓",
        "중소기업중앙회 부스",
    ]
    assert {f["hall"] for f in sample["facilities"]} <= {hall["code"] for hall in sample["halls"]}


# Collaborations


def test_five_collaborations_join_eleven_companies_of_the_cooperation_halls(
    exhibitors: list[Row], sample: dict[str, Any]
) -> None:
    halls = {row["업체코드"]: row["전시관"] for row in exhibitors}
    joined = [code for c in sample["collaborations"] for code in c["exhibitors"]]

    assert len(sample["collaborations"]) == 5
    assert len(joined) == len(set(joined)) == 11
    assert min(len(c["exhibitors"]) for c in sample["collaborations"]) >= 2
    assert set(joined) == {code for code, hall in halls.items() if hall.startswith("교차협력")}


def test_two_collaborations_are_real_and_three_are_samples(exhibitors: list[Row], sample: dict[str, Any]) -> None:
    rows = {row["업체코드"]: row for row in exhibitors}
    real = [c for c in sample["collaborations"] if not c["is_sample"]]
    samples = [c for c in sample["collaborations"] if c["is_sample"]]

    assert [[rows[code]["업체명"] for code in c["exhibitors"]] for c in real] == [
        ["웬떡마을", "쿠첸"],
        ["형제파트너", "씨티앤에스"],
    ]
    assert [len(c["exhibitors"]) for c in samples] == [2, 2, 3]
    assert {rows[code]["표본"] for c in samples for code in c["exhibitors"]} == {"표본"}

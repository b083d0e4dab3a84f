"""The stored columns."""

from exhibitors.search.document import Source, build, split_list

EXHIBITOR = Source(
    names=("(주)웬떡마을", "Wentteok Maeul Inc."),
    products=("인절미", "rice cake"),
    industries=("식품·음료",),
    halls=("교차협력1관",),
    booths=("A-02",),
    descriptions=("청정 떡.", "Fresh rice cakes"),
)


def test_columns_hold_what_the_queries_look_for() -> None:
    columns = build(EXHIBITOR)

    assert columns.name_plain == "|웬떡마을|wentteokmaeul|"
    assert columns.name_keys == "|DNPSE^JRAKDMF|wentteokmaeul|"
    assert columns.head_keys == (
        "|DNPSE^JRAKDMF|wentteokmaeul|a02|a2|DLSWJFAL|ricecake|TLRVNADMAFY|RYCKGUQFUR1RHKS"
        "|#|WNDNPSE^JRAKDMF|wentteokmaeulinc|"
    )
    assert columns.text_keys == ".CJD.WJD. .E^JR. .fresh. .rice. .cakes."
    assert columns.initials == "|DUAD|wentteokmaeul|#|DWA|ricecake|"
    assert (columns.sort_key, columns.initial) == ("1웬1떡1마1을", "ㅇ")


def test_exhibitor_with_a_name_alone_has_columns_too() -> None:
    columns = build(Source(names=("EVAR",)))

    assert columns.name_plain == "|evar|"
    assert columns.head_keys == "|evar|#|"
    assert columns.initials == "|evar|#|"
    assert columns.text_keys == ""


def test_blank_and_repeated_values_leave_no_entries() -> None:
    columns = build(Source(names=("", "에바", "에바"), products=("", "떡", "떡 "), booths=("12", "-")))

    assert columns.name_plain == "|에바|"
    assert columns.head_keys == "|DPQK|12|E^JR|#|"
    assert columns.initial == "ㅇ"


def test_exhibitor_without_any_letter_breaks_nothing() -> None:
    columns = build(Source(names=("!!!",)))

    assert (columns.name_plain, columns.initial, columns.sort_key) == ("", "#", "5!!!")


def test_list_of_products_is_split() -> None:
    assert split_list("오메기떡; 인절미, 떡 선물세트、약과\nrice cake;;") == (
        "오메기떡",
        "인절미",
        "떡 선물세트",
        "약과",
        "rice cake",
    )
    assert split_list("유모차/이동") == ("유모차/이동",)
    assert split_list(" ") == ()

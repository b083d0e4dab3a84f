"""What is kept belongs to a version of the data, and there is never too much of it."""

from itertools import count

from exhibitors.domain.kept import Kept


def test_a_value_is_made_once_a_version() -> None:
    kept, numbers = Kept[int](2), count()

    made = [kept.get("halls", version, lambda: next(numbers)) for version in ("a", "a", "b", "b", "a")]

    assert made == [0, 0, 1, 1, 2]


def test_without_a_version_nothing_is_kept() -> None:
    kept, numbers = Kept[int](2), count()

    assert [kept.get("halls", None, lambda: next(numbers)) for _ in range(3)] == [0, 1, 2]
    assert list(kept) == []


def test_what_cannot_be_made_is_not_kept() -> None:
    kept = Kept[int](2)
    for answer in (ZeroDivisionError, 1):
        try:
            found: object = kept.get("halls", "a", lambda: 1 // 0 if answer is ZeroDivisionError else 1)  # noqa: B023 called at once
        except ZeroDivisionError as error:
            found = type(error)
        assert found == answer


def test_those_unused_for_longest_go_first() -> None:
    kept = Kept[str](2)
    for key in ("one", "two", "one", "three"):
        kept.get(key, "a", lambda: "made")

    assert list(kept) == ["one", "three"]


def test_together_they_weigh_only_so_much() -> None:
    kept = Kept[str](9, weigh=len, heaviest=10)
    for key, value in (("small", "1234"), ("large", "123456"), ("other", "12345"), ("too large", "12345678901")):
        assert kept.get(key, "a", lambda: value) == value  # noqa: B023 called at once
        assert sum(len(kept.get(one, "a", str)) for one in list(kept)) <= 10

    assert list(kept) == []


def test_of_many_only_the_missing_are_made_and_together() -> None:
    kept, asked = Kept[str](9), []

    def make(keys: list[int]) -> dict[int, str]:
        asked.append(keys)
        return {key: str(key) for key in keys if key != 4}

    assert kept.get_each([1, 2], "a", make) == {1: "1", 2: "2"}
    assert kept.get_each([1, 2, 3, 4], "a", make) == {1: "1", 2: "2", 3: "3"}
    assert kept.get_each([1], "b", make) == kept.get_each([1], None, make) == {1: "1"}
    assert asked == [[1, 2], [3, 4], [1], [1]]

import pytest

from scoring import Affinity

BASKETS = [
    ["rope", "cleat"],
    ["rope", "cleat", "brush"],
    ["rope", "brush"],
    ["lamp", "bell"],
    ["bell"],
]


@pytest.fixture
def affinity() -> Affinity:
    return Affinity(BASKETS)


def test_what_is_often_bought_together_attracts(affinity: Affinity) -> None:
    assert affinity.between("rope", "cleat") == pytest.approx(2 / (3 * 2) ** 0.5)
    assert affinity.between("cleat", "rope") == affinity.between("rope", "cleat")


def test_what_was_never_bought_together_does_not(affinity: Affinity) -> None:
    assert affinity.between("rope", "lamp") == 0
    assert affinity.between("rope", "kraken") == 0


def test_the_best_matches_come_first_and_say_why(affinity: Affinity) -> None:
    best, *_ = affinity.rank(["lamp"], limit=3)
    assert (best.item, best.because) == ("bell", "lamp")
    assert 0 < best.value <= 1


def test_popular_items_fill_up(affinity: Affinity) -> None:
    ranking = affinity.rank(["lamp"], limit=3)
    assert [score.item for score in ranking] == ["bell", "rope", "brush"]
    assert [score.because for score in ranking] == ["lamp", None, None]


def test_what_is_given_is_not_recommended(affinity: Affinity) -> None:
    assert {score.item for score in affinity.rank(["rope", "lamp"], limit=9)} == {"bell", "brush", "cleat"}


def test_without_anything_given_the_popular_are_left(affinity: Affinity) -> None:
    assert [score.item for score in affinity.rank([], limit=2)] == ["rope", "bell"]


def test_an_item_twice_in_a_basket_counts_once() -> None:
    affinity = Affinity([["rope", "rope", "cleat"]])
    assert affinity.between("rope", "cleat") == 1


def test_without_a_past_nothing_is_recommended() -> None:
    assert Affinity([]).rank(["rope"], limit=3) == []

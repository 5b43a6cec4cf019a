from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import combinations
from math import sqrt


@dataclass(frozen=True, slots=True)
class Score:
    """How much an item suggests itself."""

    item: str
    value: float
    """From 0 to 1; comparable within one ranking only."""
    because: str | None
    """The item it goes with best; None where it is only popular."""


class Affinity:
    """How strongly items attract each other: in how many baskets both lie, by how many each lies in (their cosine).

    Popular things lie in many baskets with everything; dividing keeps them from being everyone's favourite.
    """

    def __init__(self, baskets: Iterable[Collection[str]]) -> None:
        self._count: Counter[str] = Counter()
        self._together: Counter[tuple[str, str]] = Counter()
        for basket in baskets:
            items = sorted(set(basket))
            self._count.update(items)
            self._together.update(combinations(items, 2))

    def between(self, one: str, other: str) -> float:
        """From 0, never together, to 1, never apart; 0 for items that nobody bought."""
        first, second = sorted((one, other))
        together = self._together[first, second]
        return together / sqrt(self._count[one] * self._count[other]) if together else 0.0

    def rank(self, given: Collection[str], limit: int) -> list[Score]:
        """The items that go best with the given ones, the best first, none of the given among them.

        Where too few go with them, the most popular others follow. Equals come in the order of their names.
        """
        others = sorted(self._count.keys() - set(given))
        matching = [score for item in others if (score := self._match(item, given)).value > 0]
        matching.sort(key=lambda score: -score.value)
        chosen = {score.item for score in matching}
        popular = sorted((item for item in others if item not in chosen), key=lambda item: -self._count[item])
        return [*matching, *(Score(item, 0.0, None) for item in popular)][:limit]

    def _match(self, item: str, given: Collection[str]) -> Score:
        value, because = max(((self.between(item, other), other) for other in sorted(given)), default=(0.0, None))
        return Score(item, value, because)

"""Which things are bought together, from the baskets of the past."""

from scoring.affinity import Affinity, Score

__all__ = ["Affinity", "Score"]

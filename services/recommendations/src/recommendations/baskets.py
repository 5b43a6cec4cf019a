import json
from importlib.resources import files


def read_baskets() -> list[list[str]]:
    """The baskets of the past, as product ids. They are part of the package, so it needs no store."""
    text = files("recommendations").joinpath("baskets.json").read_text(encoding="utf-8")
    return json.loads(text)

import pytest

from recommendations.config import Config, ConfigError, read_config


def test_without_variables_the_defaults_hold() -> None:
    assert read_config({}) == read_config({"PORT": ""}) == Config(8080, "info")


def test_variables_are_taken() -> None:
    assert read_config({"PORT": "9000", "LOG_LEVEL": "debug"}) == Config(9000, "debug")


def test_every_wrong_variable_is_named() -> None:
    with pytest.raises(ConfigError) as raised:
        read_config({"PORT": "70000", "LOG_LEVEL": "loud"})
    for part in ("PORT", "70000", "LOG_LEVEL", "loud"):
        assert part in str(raised.value)

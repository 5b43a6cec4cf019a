from collections.abc import Mapping
from dataclasses import dataclass

LOG_LEVELS = ("debug", "info", "warning", "error")


class ConfigError(Exception):
    """Every variable that is wrong, one line each."""


@dataclass(frozen=True, slots=True)
class Config:
    """What the service can be told from outside."""

    port: int = 8080
    log_level: str = "info"


def read_config(variables: Mapping[str, str]) -> Config:
    """Takes the settings from environment variables; an unset or empty variable means its default."""
    problems: list[str] = []
    port = variables.get("PORT") or "8080"
    if not (port.isascii() and port.isdigit() and 1 <= int(port) <= 65535):
        problems.append(f'PORT: "{port}" is not a port number from 1 to 65535')
    log_level = variables.get("LOG_LEVEL") or "info"
    if log_level not in LOG_LEVELS:
        problems.append(f'LOG_LEVEL: "{log_level}" is not one of {", ".join(LOG_LEVELS)}')
    if problems:
        raise ConfigError("\n".join(problems))
    return Config(int(port), log_level)

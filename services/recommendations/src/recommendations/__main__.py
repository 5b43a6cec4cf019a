"""Recommends products over HTTP until it is told to stop."""

import os
import signal
import sys

import uvicorn

from recommendations.app import create_app
from recommendations.baskets import read_baskets
from recommendations.config import ConfigError, read_config
from recommendations.logs import log_settings
from scoring import Affinity

EXIT_BAD_INPUT = 2

GRACE_SECONDS = 8
"""For the requests in flight after SIGTERM; below the ten seconds that container runtimes usually wait."""


def main() -> None:
    try:
        config = read_config(os.environ)
    except ConfigError as error:
        print(error, file=sys.stderr)
        sys.exit(EXIT_BAD_INPUT)
    server = uvicorn.Server(
        uvicorn.Config(
            create_app(Affinity(read_baskets())),
            host="0.0.0.0",
            port=config.port,
            log_config=log_settings(config.log_level),
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
    )
    # After a clean stop uvicorn raises the signal once more; by default that would end the process with 143.
    signal.signal(signal.SIGTERM, lambda *_: None)
    server.run()
    if not server.started:
        sys.exit(1)


if __name__ == "__main__":
    main()

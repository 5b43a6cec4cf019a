import logging
import re
import time
import uuid

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LOG = logging.getLogger(__name__)
_SOUND_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


class RequestLog:
    """Logs each request after its answer, with the id that follows it through the services.

    Health checks are logged only at debug level.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        start = time.perf_counter()
        status = 500

        async def notice_status(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, notice_status)
        finally:
            fields = {
                "requestId": _request_id(Headers(scope=scope)),
                "method": scope["method"],
                "path": scope["path"],
                "status": status,
                "milliseconds": round((time.perf_counter() - start) * 1000, 3),
            }
            level = logging.DEBUG if scope["path"] == "/health" else logging.INFO
            _LOG.log(level, "request", extra={"fields": fields})


def _request_id(headers: Headers) -> str:
    """The caller's id, or a new one where it sent none that may stand in a log."""
    given = headers.get("x-request-id", "")
    return given if _SOUND_ID.fullmatch(given) else str(uuid.uuid4())

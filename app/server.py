"""The production server: waitress, tuned for slow phones, stopping without dropping an answer."""

import logging
import signal
import time
from types import FrameType
from typing import Any

from flask import Flask
from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.server import create_server

from config import Config, UnsafeConfiguration

log = logging.getLogger("parvis")
PATIENCE = 10.0
"""Seconds given to requests in flight when the server stops."""


class Server:
    """A listening server; nothing is answered before `run`."""

    def __init__(self, app: Flask) -> None:
        """Listen where the settings of `app` say. Raises UnsafeConfiguration when the port is taken."""
        config: Config = app.extensions["parvis"]
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        self._sockets: dict[int, Any] = {}
        try:
            self._server = create_server(app, map=self._sockets, **_options(config))
        except OSError as error:
            wasyncore.close_all(self._sockets)
            raise UnsafeConfiguration(
                f"{config.host}:{config.port} cannot be listened on ({error.strerror})."
                f" Choose another port, for example: PORT={config.port + 1} make run"
            ) from error

    def run(self) -> None:
        """Answer requests until SIGINT or SIGTERM; then finish those begun and return."""
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, _leave)
        try:
            self._server.run()
        except SystemExit:
            log.info("stopping")
        finally:
            self._finish()

    def _finish(self) -> None:
        """Take nothing new; go on writing until every request begun is answered."""
        for listener in self._sockets.values():
            if not isinstance(listener, HTTPChannel):
                listener.accepting = False
        end = time.monotonic() + PATIENCE
        while self._is_answering() and time.monotonic() < end:
            wasyncore.poll2(0.1, self._sockets)
        self._server.close()
        wasyncore.close_all(self._sockets)

    def _is_answering(self) -> bool:
        channels = [c for c in self._sockets.values() if isinstance(c, HTTPChannel)]
        return any(channel.requests or channel.total_outbufs_len for channel in channels)


def _options(config: Config) -> dict[str, Any]:
    proxy = (
        {
            "trusted_proxy": config.trusted_proxy,
            "trusted_proxy_headers": "x-forwarded-for x-forwarded-proto x-forwarded-host",
        }
        if config.trusted_proxy
        else {}
    )
    return {
        "host": config.host,
        "port": config.port,
        "threads": config.threads,
        "connection_limit": config.connections,
        "channel_timeout": 30,
        "asyncore_use_poll": True,
        "ident": "Parvis",
        "max_request_body_size": (config.upload_megabytes + 1) * 1024 * 1024,
        "clear_untrusted_proxy_headers": True,
        **proxy,
    }


def _leave(_signal: int, _frame: FrameType | None) -> None:
    # A second Ctrl-C must not cut the answers short: the first one is enough.
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, signal.SIG_IGN)
    raise SystemExit(0)

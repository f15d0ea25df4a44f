"""The production server: waitress, tuned for slow phones, stopping without dropping an answer."""

import logging
import signal
import threading
from types import FrameType

from flask import Flask
from waitress.server import create_server
from werkzeug.middleware.proxy_fix import ProxyFix

from config import Config

log = logging.getLogger("parvis")


def serve(app: Flask) -> None:
    """Answer requests until SIGINT or SIGTERM; then finish those begun and return."""
    config: Config = app.extensions["parvis"]
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    if config.trusted_proxy:
        app.wsgi_app = ProxyFix(app.wsgi_app)  # type: ignore[method-assign] # Flask documents this
    server = create_server(
        app,
        host=config.host,
        port=config.port,
        threads=config.threads,
        connection_limit=config.connections,
        channel_timeout=30,
        asyncore_use_poll=True,
        ident="Parvis",
        max_request_body_size=(config.upload_megabytes + 1) * 1024 * 1024,
    )
    stopping = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        if not stopping.is_set():
            stopping.set()
            raise SystemExit(0)

    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, stop)
    try:
        server.run()
    except SystemExit:
        log.info("stopping")
    finally:
        server.task_dispatcher.shutdown(cancel_pending=False, timeout=10)
        server.close()

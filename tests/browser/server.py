"""The running application, as browser tests see it."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from flask import Flask
from werkzeug.serving import make_server
from werkzeug.wsgi import ClosingIterator

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


@dataclass(frozen=True)
class LiveServer:
    """Where the application listens, without a slash at the end, and the application itself."""

    url: str
    app: Flask


@contextmanager
def serve(app: Flask, port: int) -> Iterator[LiveServer]:
    """Run the application in a thread on a port."""

    def whole(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        # This server leaves an answer unclosed when the browser resets the connection, as it does
        # when a page is left while its files are on their way: so it holds no file of ours.
        answer = cast(Any, app(environ, start_response))
        with closing(ClosingIterator(answer, getattr(answer, "close", None))) as parts:
            return [b"".join(parts)]

    server = make_server("127.0.0.1", port, whole, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield LiveServer(f"http://127.0.0.1:{port}", app)
    server.shutdown()
    thread.join()
    server.server_close()

"""The running application, as browser tests see it."""

from dataclasses import dataclass

from flask import Flask


@dataclass(frozen=True)
class LiveServer:
    """Where the application listens, without a slash at the end, and the application itself."""

    url: str
    app: Flask

"""Mail and the rest of the product: its addresses exist, its libraries stay where they belong."""

import ast
from pathlib import Path

from reviewtool.app import create_app
from reviewtool.config.settings import Settings
from reviewtool.infra.ids import LENGTH
from reviewtool.infra.installation import Installation
from reviewtool.mail.addresses import PATHS


def test_every_address_in_a_mail_is_a_page(tmp_path: Path) -> None:
    settings = Settings.from_environment({"REVIEWTOOL_DATA_DIR": str(tmp_path)})
    adapter = create_app(Installation.start(settings)).url_map.bind("localhost")
    values = {"token": "t.0.m", "handbook_id": "0" * LENGTH, "phase_id": "0" * LENGTH}
    values["contribution_id"] = "0" * LENGTH
    endpoints = [adapter.match(path.format(**values).partition("?")[0])[0] for path in PATHS]
    assert endpoints == [
        "links.follow",
        "links.follow",
        "links.follow",
        "replies.ask",
        "rounds.request",
        "front.privacy",
        "public.handbook",
    ]


def users_of(library: str) -> set[str]:
    """List the modules that import a library."""
    found = set()
    for folder in ("reviewtool", "config", "workers"):
        for path in Path(folder).rglob("*.py"):
            if not path.resolve().is_relative_to(Path(folder).resolve()):
                continue
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                if isinstance(node, ast.ImportFrom):
                    names = [node.module or ""]
                if any(name.partition(".")[0] == library for name in names):
                    found.add(str(path))
    return found


def test_only_one_file_speaks_smtp() -> None:
    assert users_of("smtplib") == {"reviewtool/mail/smtp.py"}


def test_celery_stays_with_the_workers_and_in_one_file_of_infra() -> None:
    assert users_of("celery") == {"workers/app.py", "reviewtool/infra/queue.py"}
    assert users_of("kombu") == {"reviewtool/infra/queue.py"}

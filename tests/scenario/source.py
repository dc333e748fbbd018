"""The handbook that is reviewed: a real one where there is one, else the demonstration's."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VARIABLE = "REVIEWTOOL_TEST_HANDBOOK"
"""Names a folder with a handbook as .docx or .md; by default ../shared/data of the checkout."""

OWN = ROOT / "reviewtool" / "demo" / "content" / "handbook.md"


def handbook_file() -> Path:
    """Give the first Word file of the folder, else its first Markdown file, else our own."""
    folder = Path(os.environ.get(VARIABLE) or ROOT.parent / "shared" / "data")
    for pattern in ("*.docx", "*.md"):
        found = sorted(folder.glob(pattern))
        if found:
            return found[0]
    return OWN

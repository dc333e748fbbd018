"""Starting the web process must not load the libraries that read and write office files."""

import subprocess
import sys

MODULES = ("handbook", "tables", "people", "outline", "reading", "errors", "limits")


def test_heavy_libraries_load_only_when_a_file_is_read() -> None:
    names = ", ".join(f"reviewtool.office.{name}" for name in MODULES)
    script = (
        f"import sys, {names}\n"
        "heavy = {'pypdf', 'docx', 'lxml', 'openpyxl', 'xlsxwriter', 'numpy'}\n"
        "heavy |= {'reviewtool.office.docx'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    shown = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert shown.stdout.strip() == "[]"

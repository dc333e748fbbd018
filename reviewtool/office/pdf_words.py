"""The words of a PDF, page by page: a program of its own, because the file may be hostile.

It reads the file from its input and writes JSON, within limits of time and memory that end the
program and nothing else: `office.reading` starts it. It imports nothing of the project.
"""

import json
import resource
import sys
from io import BytesIO

MEMORY = 768 * 1024 * 1024
SECONDS = 10
MOST_PAGES = 200
MOST_CHARACTERS = 400_000


def words_of(data: bytes) -> dict[str, object]:
    """Give the pages' words; "refused" says why there are none."""
    # Imported here: what loads it is under the limits already.
    from pypdf import PasswordType, PdfReader

    reader = PdfReader(BytesIO(data), strict=False)
    if reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED:
        return {"refused": "encrypted"}
    pages: list[str] = []
    left = MOST_CHARACTERS
    for page in reader.pages:
        if len(pages) == MOST_PAGES or left <= 0:
            return {"pages": pages, "cut": True}
        words = page.extract_text()
        pages.append(words[:left])
        left -= len(words)
    return {"pages": pages, "cut": left < 0}


def main() -> None:
    """Read the input, write the answer; whatever the file does, the answer is one line."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        answer = words_of(sys.stdin.buffer.read())
    except MemoryError:
        answer = {"refused": "too-big"}
    except Exception as error:  # noqa: BLE001 (a damaged file breaks its reader in any way)
        locked = type(error).__name__ in ("DependencyError", "FileNotDecryptedError")
        answer = {"refused": "encrypted" if locked else "damaged"}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()

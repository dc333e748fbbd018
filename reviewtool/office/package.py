"""Opening what people hand in: the kind by content and by name, and zip packages within limits."""

import zipfile
import zlib
from io import BytesIO
from typing import NoReturn
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from reviewtool.office.errors import Place, Unit, UnreadableFile, UnreadableReason
from reviewtool.office.limits import Limits

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_SIGNATURES = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (_OLE, "ole"),
    (b"%PDF", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
)
# Documents of the strict variant use other namespace names for the same elements.
_STRICT_NAMES = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (
        b"http://purl.oclc.org/ooxml/drawingml/main",
        b"http://schemas.openxmlformats.org/drawingml/2006/main",
    ),
)


def extension(file_name: str) -> str:
    """The lower-case ending of a file name without its dot; empty when there is none."""
    stem, dot, ending = file_name.rpartition(".")
    return ending.strip().lower() if dot and stem else ""


def content_kind(data: bytes) -> str:
    """What the first bytes say: zip, ole, pdf, rtf, picture, or text."""
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return kind
    return "text"


def check_size(data: bytes, limits: Limits) -> None:
    """Refuse empty data and data over the limit."""
    if not data.strip(b"\0 \t\r\n"):
        raise UnreadableFile(UnreadableReason.EMPTY)
    if len(data) > limits.size:
        raise UnreadableFile(UnreadableReason.TOO_BIG, found=str(len(data)), limit=limits.size)


def refuse_binary(data: bytes) -> None:
    """Refuse data that calls itself text and isn't."""
    kind = content_kind(data)
    if kind != "text":
        raise UnreadableFile(UnreadableReason.NOT_WHAT_IT_SAYS, found=kind)


class Package:
    """The parts of an Office Open XML file, read within limits.

    Raises UnreadableFile for what is no package, is encrypted, holds macros, or unzips too big.
    """

    def __init__(self, data: bytes, limits: Limits, main_folder: str) -> None:
        check_size(data, limits)
        _refuse_other_kinds(data)
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, EOFError, OSError) as error:
            raise UnreadableFile(UnreadableReason.DAMAGED) from error
        self._xml_limit = limits.xml_part
        self.names = frozenset(self._zip.namelist())
        self._check_parts(len(data), limits)
        self._check_kind(main_folder)

    def _check_parts(self, zipped: int, limits: Limits) -> None:
        parts = self._zip.infolist()
        if any(part.flag_bits & 0x1 for part in parts):
            raise UnreadableFile(UnreadableReason.ENCRYPTED)
        total = sum(part.file_size for part in parts)
        if total > limits.unzipped or len(parts) > limits.parts:
            raise UnreadableFile(
                UnreadableReason.UNZIPS_TOO_BIG, found=str(total), limit=limits.unzipped
            )
        if total > limits.ratio_from and total > limits.ratio * zipped:
            allowed = limits.ratio * zipped
            raise UnreadableFile(UnreadableReason.UNZIPS_TOO_BIG, found=str(total), limit=allowed)

    def _check_kind(self, main_folder: str) -> None:
        if any(name.lower().endswith("vbaproject.bin") for name in self.names):
            raise UnreadableFile(UnreadableReason.MACROS)
        if "[Content_Types].xml" not in self.names:
            raise UnreadableFile(UnreadableReason.NOT_WHAT_IT_SAYS, found=self._other_kind())
        if b"macroEnabled" in self.read("[Content_Types].xml"):
            raise UnreadableFile(UnreadableReason.MACROS)
        if not any(name.startswith(main_folder) for name in self.names):
            raise UnreadableFile(UnreadableReason.NOT_WHAT_IT_SAYS, found=self._other_kind())

    def _other_kind(self) -> str:
        folders = {"word": "docx", "xl": "xlsx", "ppt": "pptx", "content.xml": "odt"}
        tops = {name.split("/", 1)[0] for name in self.names}
        return next((kind for top, kind in folders.items() if top in tops), "zip")

    def read(self, name: str) -> bytes:
        """The bytes of a part; UnreadableFile when it is missing or damaged."""
        try:
            return self._zip.read(name)
        except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, OSError, ValueError) as error:
            raise UnreadableFile(UnreadableReason.DAMAGED, _part(name)) from error
        except (NotImplementedError, RuntimeError) as error:
            raise UnreadableFile(UnreadableReason.ENCRYPTED, _part(name)) from error

    def _xml_bytes(self, name: str) -> bytes:
        if name in self.names:
            size = self._zip.getinfo(name).file_size
            if size > self._xml_limit:
                raise UnreadableFile(
                    UnreadableReason.UNZIPS_TOO_BIG,
                    _part(name),
                    found=str(size),
                    limit=self._xml_limit,
                )
        return self.read(name)

    def xml(self, name: str) -> Element:
        """The root element of a part; entities and damaged XML are refused by name of the part."""
        data = self._xml_bytes(name)
        for strict, usual in _STRICT_NAMES:
            data = data.replace(strict, usual)
        try:
            root: Element = fromstring(data, forbid_dtd=True)
        except DefusedXmlException as error:
            raise UnreadableFile(UnreadableReason.ENTITIES, _part(name)) from error
        except (ParseError, ValueError, LookupError) as error:
            raise UnreadableFile(UnreadableReason.DAMAGED, _part(name)) from error
        except RecursionError as error:
            raise UnreadableFile(UnreadableReason.TOO_DEEP, _part(name)) from error
        return root

    def refuse_entities(self, name: str) -> None:
        """Refuse a part with a document type, for readers that parse the XML themselves."""
        data = self._xml_bytes(name)
        for charset in ("ascii", "utf-16-le", "utf-16-be"):
            if "<!DOCTYPE".encode(charset) in data:
                raise UnreadableFile(UnreadableReason.ENTITIES, _part(name))

    def relationships(self, name: str) -> dict[str, tuple[str, str, bool]]:
        """Of a part: id -> (last word of the type, target, whether it leads outside)."""
        folder, _, base = name.rpartition("/")
        path = f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels"
        if path not in self.names:
            return {}
        found = {}
        for item in self.xml(path):
            outside = item.get("TargetMode") == "External"
            target = item.get("Target", "")
            if not outside:
                target = _resolve(folder, target)
            kind = item.get("Type", "").rsplit("/", 1)[-1]
            found[item.get("Id", "")] = (kind, target, outside)
        return found


def _part(name: str) -> Place:
    return Place(Unit.PART, name=name)


def _refuse_other_kinds(data: bytes) -> None:
    kind = content_kind(data)
    if kind == "ole":
        _refuse_ole(data)
    if kind != "zip":
        raise UnreadableFile(UnreadableReason.NOT_WHAT_IT_SAYS, found=kind)


def _refuse_ole(data: bytes) -> NoReturn:
    if _ENCRYPTED_STREAM in data:
        raise UnreadableFile(UnreadableReason.ENCRYPTED)
    raise UnreadableFile(UnreadableReason.OLD_FORMAT)


def _resolve(folder: str, target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    steps = folder.split("/") if folder else []
    for step in target.split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps)

"""Short access to elements and attributes by local name within the namespaces of Office files."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

_OFF = frozenset({"0", "false", "off", "none"})


def local(element: Element) -> str:
    """An element's name without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: Element | None, name: str) -> Iterator[Element]:
    """The direct children of that name; none for None."""
    return (item for item in (element if element is not None else ()) if local(item) == name)


def child(element: Element | None, name: str) -> Element | None:
    """The first direct child of that name."""
    return next(children(element, name), None)


def descendants(element: Element, name: str) -> Iterator[Element]:
    """All descendants of that name, in the order of the document."""
    return (item for item in element.iter() if local(item) == name)


def attribute(element: Element | None, name: str) -> str:
    """The value of an attribute by its local name, "" when it is missing."""
    if element is None:
        return ""
    for key, value in element.items():
        if key.rpartition("}")[2] == name:
            return value
    return ""


def is_on(toggle: Element) -> bool:
    """Whether a toggle such as w:b is on: present without a value, or with a true one."""
    return attribute(toggle, "val").lower() not in _OFF

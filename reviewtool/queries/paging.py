"""Pages of a list that grows: how many there are, and which one is shown."""


def pages_of(total: int, size: int) -> int:
    """Count the pages of a list; an empty one has one."""
    return max(1, -(-total // size))


def page_within(total: int, size: int, wanted: int) -> tuple[int, int]:
    """Give the page to show and how many there are: an old link leads to the nearest page."""
    pages = pages_of(total, size)
    return min(max(wanted, 1), pages), pages

"""A crawler that follows every link of a person's pages, and checks what each page must have."""

from __future__ import annotations

import re
import zlib
from collections import Counter, deque
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from urllib.parse import parse_qs, urlsplit
from zipfile import ZipFile, is_zipfile

import html5lib
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import MethodNotAllowed, NotFound

NAMESPACE = "{http://www.w3.org/1999/xhtml}"
_TOKEN = re.compile(rb"/(?:in|no-replies)/[\w-]+\.(?:\d+\.)?[0-9a-f]{32}")
"""An address that lets somebody in, or refuses mail for them."""
_UNFOLDED = re.compile(rb"\r?\n ")
"""Where a calendar folds a long line."""
_PDF_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
PER_ENDPOINT = 3
"""How many addresses of one endpoint (with one set of query names) are visited."""


@dataclass
class Visited:
    """What a crawl saw: one address for each endpoint, and all that is wrong."""

    pages: dict[str, str] = field(default_factory=dict)
    downloads: set[str] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)
    posts: dict[str, str] = field(default_factory=dict)
    """The first page that holds a form, by the rule that the form is sent to."""
    shown: dict[tuple[str, str], str] = field(default_factory=dict)
    """One page of each kind that holds a form, by (the page's endpoint, the form's rule)."""


def crawl(app: Flask, client: FlaskClient, start: str, host: str = "localhost") -> Visited:
    """Visit what a person can reach from an address; GET only."""
    seen = Visited()
    counts: Counter[str] = Counter()
    queue, known = deque([start]), {start}
    adapter = app.url_map.bind(host)
    while queue:
        url = queue.popleft()
        response = client.get(url, follow_redirects=False)
        if response.status_code in (301, 302, 303):
            _offer(response.headers["Location"], adapter, queue, known, counts, seen, host)
            continue
        endpoint = _endpoint(adapter, url, "GET") or "?"
        if response.status_code >= 400:
            seen.problems.append(f"{url}: {response.status_code}")
            continue
        seen.pages.setdefault(endpoint, url)
        if response.mimetype != "text/html":
            seen.downloads.add(endpoint)
            if personal_links(response.get_data()):
                seen.problems.append(f"{url}: a file to pass on holds somebody's own link")
            continue
        tree = html5lib.parse(response.get_data(as_text=True))
        seen.problems.extend(f"{url}: {problem}" for problem in _problems(tree))
        for link in _links(tree, url):
            _offer(link, adapter, queue, known, counts, seen, host)
        for action, lacks in _forms(tree, url):
            posted = rule_of(adapter, action)
            if posted is None:
                seen.problems.append(f"{url}: a form goes nowhere: {action}")
            else:
                seen.posts.setdefault(posted, url)
                seen.shown.setdefault((endpoint, posted), url)
            if lacks:
                seen.problems.append(f"{url}: a form without {lacks}: {action}")
    return seen


def personal_links(content: bytes) -> list[bytes]:
    """List the tokens of links that a file holds; packed files are looked into, to the last."""
    found: list[bytes] = _TOKEN.findall(_UNFOLDED.sub(b"", content))
    if is_zipfile(BytesIO(content)):
        with ZipFile(BytesIO(content)) as package:
            for name in package.namelist():
                found += personal_links(package.read(name))
    for stream in _PDF_STREAM.findall(content):
        try:
            found += _TOKEN.findall(zlib.decompress(stream))
        except zlib.error:
            continue
    return found


def _offer(
    link: str,
    adapter: Any,
    queue: deque[str],
    known: set[str],
    counts: Counter[str],
    seen: Visited,
    host: str,
) -> None:
    parts = urlsplit(link)
    if parts.netloc not in ("", host) or parts.scheme not in ("", "http"):
        return
    url = parts.path + (f"?{parts.query}" if parts.query else "")
    if url in known or "language" in parse_qs(parts.query):
        return
    known.add(url)
    endpoint = _endpoint(adapter, url, "GET")
    if endpoint is None:
        seen.problems.append(f"a link goes nowhere: {url}")
        return
    kind = endpoint + ",".join(sorted(parse_qs(parts.query)))
    counts[kind] += 1
    if counts[kind] <= PER_ENDPOINT and endpoint != "static":
        queue.append(url)


def _endpoint(adapter: Any, url: str, method: str) -> str | None:
    try:
        return str(adapter.match(urlsplit(url).path, method=method)[0])
    except (NotFound, MethodNotAllowed):
        return None


def rule_of(adapter: Any, action: str) -> str | None:
    """Give the rule that a form is sent to; None where it goes nowhere."""
    try:
        rule, _arguments = adapter.match(urlsplit(action).path, method="POST", return_rule=True)
    except (NotFound, MethodNotAllowed):
        return None
    return str(rule.rule)


def _absolute(link: str, url: str) -> str:
    if link.startswith("?"):
        return urlsplit(url).path + link
    return link or url


def _links(tree: Any, url: str) -> list[str]:
    links = [a.get("href", "") for a in tree.iter(f"{NAMESPACE}a")]
    forms = [
        form.get("action") or url
        for form in tree.iter(f"{NAMESPACE}form")
        if (form.get("method") or "get").lower() == "get"
    ]
    pictures = [image.get("src", "") for image in tree.iter(f"{NAMESPACE}img")]
    return [
        _absolute(link, url).split("#")[0]
        for link in links + forms + pictures
        if link and not link.startswith(("#", "mailto:", "tel:", "http://", "https://"))
    ]


def _forms(tree: Any, url: str) -> list[tuple[str, set[str]]]:
    """List where each form is sent to, and which of the fields of every form it lacks."""
    found = []
    for form in tree.iter(f"{NAMESPACE}form"):
        if (form.get("method") or "get").lower() == "post":
            names = {i.get("name", "").split("-")[-1] for i in form.iter(f"{NAMESPACE}input")}
            lacks = {"csrf_token", "request_id"} - names
            found.append((_absolute(form.get("action") or "", url), lacks))
    return found


def _problems(tree: Any) -> list[str]:
    """List what a page lacks: language, one h1 that the title names, unique ids, labels."""
    problems = []
    if not tree.get("lang"):
        problems.append("no language")
    titles = [_words(title) for title in tree.iter(f"{NAMESPACE}title")]
    headings = [_words(heading) for heading in tree.iter(f"{NAMESPACE}h1")]
    if len(headings) != 1:
        problems.append(f"{len(headings)} headings of the first level: {headings}")
    if not titles or not titles[0]:
        problems.append("no title")
    ids = Counter(element.get("id") for element in tree.iter() if element.get("id"))
    twice = [one for one, count in ids.items() if count > 1]
    if twice:
        problems.append(f"ids used twice: {twice[:5]}")
    words = _words(tree)
    if re.search(r"\bNone\b|\{\{|%\(", words):
        problems.append(f"unfilled words: {re.findall(r'.{20}(?:None|{{|%[(]).{20}', words)[:3]}")
    return problems


def _words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())

/* What comes from Word, a mail or a web page, as plain structure: lists that are lists, bold and
   italic as elements, rows of tables as lines, nothing else of its looks; and what has to be told
   of it, since it can't stay what it was. Works on an inert document. */

const GONE = "style, script, meta, link, title, xml, del, img, figure:not([data-figure], [data-numbers]), svg, [data-aside]," +
  " [data-style*='mso-list:Ignore'], [data-style*='mso-list: Ignore'], [class*='MsoComment'], .msocomanchor";
const LIST = /mso-list:\s*l(\d+)\s+level(\d)/i;
const NUMBER = /^\s*(\d+|[a-z]|[ivx]+)[.)]/i;
const BLOCKS = "p, div, h1, h2, h3, h4, h5, h6, li, ul, ol, blockquote, pre";

function unwrap(element) {
  element.replaceWith(...element.childNodes);
}

/** Word writes list items as paragraphs: {level, kind, list} of one, or null. */
function wordItem(paragraph) {
  const level = LIST.exec(paragraph.getAttribute("data-style") ?? "");
  if (!level) return null;
  const sign = paragraph.querySelector("[data-style*='mso-list:Ignore'], [data-style*='mso-list: Ignore']");
  return {
    level: Number(level[2]),
    kind: NUMBER.test(sign?.textContent ?? "") ? "ol" : "ul",
    list: level[1],
  };
}

function continues(list, item) {
  return list.localName === item.kind && list.dataset.wordList === item.list;
}

function wordLists(root) {
  let open = [];
  for (const paragraph of [...root.querySelectorAll("p, h1, h2, h3, h4, h5, h6")]) {
    const item = wordItem(paragraph);
    const previous = paragraph.previousElementSibling;
    if (!item || (open.length > 0 && previous !== open[0])) open = [];
    if (!item) continue;
    const level = Math.min(item.level, open.length + 1, 3);
    open.length = Math.min(open.length, level);
    // Numbers right after bullets, or another list's numbers, are a list of their own.
    if (open.length === level && !continues(open.at(-1), item)) open.pop();
    if (open.length < level) {
      const list = root.ownerDocument.createElement(item.kind);
      list.dataset.wordList = item.list;
      const host = open.at(-1)?.lastElementChild;
      if (host) host.append(list);
      else paragraph.before(list);
      open.push(list);
    }
    const entry = root.ownerDocument.createElement("li");
    entry.append(...paragraph.childNodes);
    open.at(-1).append(entry);
    paragraph.remove();
  }
}

function styles(root) {
  for (const element of root.querySelectorAll("[data-style]")) {
    const style = element.getAttribute("data-style").toLowerCase();
    const normal = /(^|[;\s])font-weight:\s*(normal|400)/.test(style);
    if (element.localName === "b" && normal) {
      unwrap(element);
      continue;
    }
    for (const [pattern, tag] of [
      [/(^|[;\s])font-weight:\s*(bold|[6-9]00)/, "strong"],
      [/(^|[;\s])font-style:\s*italic/, "em"],
    ]) {
      if (pattern.test(style) && element.matches("span, font, a")) {
        const inner = root.ownerDocument.createElement(tag);
        inner.append(...element.childNodes);
        element.append(inner);
      }
    }
    element.removeAttribute("data-style");
  }
}

/** Style and handler attributes under another name: the strict CSP reports them even where inert. */
function disarmed(html) {
  return html
    .replace(/<style[\s\S]*?<\/style>/gi, "")
    .replace(/<[a-z][^>]*>/gi, (tag) =>
      tag.replace(/\sstyle\s*=/gi, " data-style=").replace(/\son\w+\s*=/gi, " data-off="),
    );
}

/** The words of a cell on one line: what stood in paragraphs or lists of its own is set apart. */
function onOneLine(cell) {
  for (const block of [...cell.querySelectorAll(BLOCKS)].reverse()) {
    block.append(" ");
    unwrap(block);
  }
  for (const end of cell.querySelectorAll("br")) end.replaceWith(" ");
}

/** Each row of a table as a line of its own. */
function rowsAsLines(table) {
  const document = table.ownerDocument;
  const lines = [];
  for (const row of table.querySelectorAll("tr")) {
    const line = document.createElement("p");
    for (const cell of row.querySelectorAll("td, th")) {
      onOneLine(cell);
      if (line.hasChildNodes()) line.append(" | ");
      line.append(...cell.childNodes);
    }
    if (line.textContent.trim()) lines.push(line);
  }
  const caption = table.querySelector("caption");
  if (caption) {
    const line = document.createElement("p");
    line.append(...caption.childNodes);
    lines.unshift(line);
  }
  table.replaceWith(...lines);
}

/** The words before and after don't run into lists, headings and tables: an empty line is between. */
function setApart(root) {
  const whole = "table, ul, ol, h1, h2, h3, h4, h5, h6, blockquote";
  if (root.firstElementChild?.matches(whole)) root.prepend(root.ownerDocument.createElement("p"));
  if (root.lastElementChild?.matches(whole)) root.append(root.ownerDocument.createElement("p"));
}

/**
 * @param {string} html
 * @returns {{html: string, told: string[]}} told: names of the words to show about it
 */
export function cleanPaste(html) {
  const told = [];
  const root = new DOMParser().parseFromString(disarmed(html), "text/html").body;
  wordLists(root);
  if (root.querySelector("img:not([data-figure] img)")) told.push("pasted-picture");
  for (const element of root.querySelectorAll(GONE)) element.remove();
  const comments = document.createTreeWalker(root, NodeFilter.SHOW_COMMENT);
  const found = [];
  while (comments.nextNode()) found.push(comments.currentNode);
  for (const comment of found) comment.remove();
  styles(root);
  setApart(root);
  const tables = [...root.querySelectorAll("table")];
  if (tables.length > 0) told.push("pasted-table");
  for (const table of tables.reverse()) rowsAsLines(table);
  return { html: root.innerHTML, told };
}

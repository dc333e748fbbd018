/* What comes from Word, a mail or a web page, as plain structure: lists that are lists, bold and
   italic as elements, nothing else of its looks. Works on an inert document. */

const GONE = "style, script, meta, link, title, xml, del, img, figure:not([data-figure], [data-numbers]), svg, [data-aside]," +
  " [data-style*='mso-list:Ignore'], [data-style*='mso-list: Ignore'], [class*='MsoComment'], .msocomanchor";
const LIST = /mso-list:\s*l\d+\s+level(\d)/i;
const NUMBER = /^\s*(\d+|[a-z])[.)]/i;

function unwrap(element) {
  element.replaceWith(...element.childNodes);
}

/** Word writes list items as paragraphs: [level, ordered] of one, or null. */
function wordItem(paragraph) {
  const level = LIST.exec(paragraph.getAttribute("data-style") ?? "");
  if (!level) return null;
  const sign = paragraph.querySelector("[data-style*='mso-list:Ignore'], [data-style*='mso-list: Ignore']");
  return [Number(level[1]), NUMBER.test(sign?.textContent ?? "")];
}

function wordLists(root) {
  let open = [];
  for (const paragraph of [...root.querySelectorAll("p, h1, h2, h3, h4, h5, h6")]) {
    const item = wordItem(paragraph);
    const previous = paragraph.previousElementSibling;
    if (!item || (open.length > 0 && previous !== open[0])) open = [];
    if (!item) continue;
    const level = Math.min(item[0], open.length + 1, 3);
    open.length = Math.min(open.length, level);
    if (open.length < level) {
      const list = root.ownerDocument.createElement(item[1] ? "ol" : "ul");
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

/** @param {string} html @returns {string} */
export function cleanPaste(html) {
  const root = new DOMParser().parseFromString(disarmed(html), "text/html").body;
  wordLists(root);
  for (const element of root.querySelectorAll(GONE)) element.remove();
  const comments = document.createTreeWalker(root, NodeFilter.SHOW_COMMENT);
  const found = [];
  while (comments.nextNode()) found.push(comments.currentNode);
  for (const comment of found) comment.remove();
  styles(root);
  for (const cell of root.querySelectorAll("td + td, th + th, th + td")) cell.prepend(" | ");
  return root.innerHTML;
}

/* Passages of a rendered text: DOM ranges <-> (line number, UTF-16 offset) pairs.
   Every line of text is an element with data-n (its number); what is inside [data-aside] is no
   text. reviewtool.text.selection makes code points of the pairs. */

const LOW = /[\uDC00-\uDFFF]/;

/** Every piece of visible text: {node, line, offset}: offset of the node within its line. */
export function pieces(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, (node) => {
    if (node.nodeType === Node.TEXT_NODE) return NodeFilter.FILTER_ACCEPT;
    return node.matches("[data-aside], details.here") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP;
  });
  const found = [];
  let offset = 0;
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const line = node.parentElement.closest("[data-n]");
    if (!line) continue;
    offset = found.at(-1)?.line === line ? offset : 0;
    found.push({ node, line, offset });
    offset += node.length;
  }
  return found;
}

/** A DOM range as a passage, without white space at its ends, or null when it holds no words. */
export function passageOf(root, range) {
  const inside = pieces(root)
    .filter(({ node }) => range.intersectsNode(node))
    .map((piece) => ({
      ...piece,
      from: piece.node === range.startContainer ? range.startOffset : 0,
      to: piece.node === range.endContainer ? range.endOffset : piece.node.length,
    }))
    .filter(({ from, to }) => from < to);
  const words = inside.map(({ node, from, to }) => node.data.slice(from, to));
  while (inside.length && !words[0].trim()) [inside, words].forEach((list) => list.shift());
  while (inside.length && !words.at(-1).trim()) [inside, words].forEach((list) => list.pop());
  if (!inside.length) return null;
  const first = inside[0];
  const last = inside.at(-1);
  const before = words[0].length - words[0].trimStart().length;
  const after = words.at(-1).length - words.at(-1).trimEnd().length;
  first.from += before;
  last.to -= after;
  if (LOW.test(first.node.data[first.from])) first.from -= 1; // never half of a character
  if (LOW.test(last.node.data[last.to] ?? "")) last.to += 1;
  const exact = document.createRange();
  exact.setStart(first.node, first.from);
  exact.setEnd(last.node, last.to);
  const quote = inside
    .map(({ node, line, from, to }, index) => (index && line !== inside[index - 1].line ? " " : "") + node.data.slice(from, to))
    .join("");
  return {
    range: exact,
    quote,
    start_block: first.line.dataset.n,
    start_offset: first.offset + first.from,
    end_block: last.line.dataset.n,
    end_offset: last.offset + last.to,
  };
}

/** The lines that a range touches, in order. */
export function linesOf(root, range) {
  return [...new Set(pieces(root).filter(({ node }) => range.intersectsNode(node)).map(({ line }) => line))];
}

/** A range's words as one writes them: an empty line between the paragraphs. */
export function wordsOf(root, range) {
  const lines = new Map();
  for (const { node, line } of pieces(root)) {
    if (!range.intersectsNode(node)) continue;
    const from = node === range.startContainer ? range.startOffset : 0;
    const to = node === range.endContainer ? range.endOffset : node.length;
    lines.set(line, (lines.get(line) ?? "") + node.data.slice(from, to));
  }
  return [...lines.values()].map((words) => words.trim()).filter(Boolean).join("\n\n");
}

/** The way back: a whole line, or a passage as passageOf numbers it, as a range; null without one. */
export function rangeOf(root, where) {
  const range = document.createRange();
  if (where instanceof Element) {
    range.selectNodeContents(where);
    return range;
  }
  const lines = byLine(pieces(root));
  const own = (block) => lines.get(root.querySelector(`[data-n="${CSS.escape(block)}"]`));
  const [first, last] = [own(where.start_block), own(where.end_block)];
  if (!first || !last) return null;
  range.setStart(...pointAt(first, Number(where.start_offset), false));
  range.setEnd(...pointAt(last, Number(where.end_offset), true));
  return range;
}

/** The text as sentences: {line, range}; lines without words are left out. */
export function sentences(root) {
  const locale = root.lang || document.documentElement.lang;
  const segmenter = new Intl.Segmenter(locale, { granularity: "sentence" });
  const all = [];
  for (const [line, own] of byLine(pieces(root))) {
    const words = own.map(({ node }) => node.data).join("");
    for (const { segment, index } of segmenter.segment(words)) {
      if (!segment.trim()) continue;
      const range = document.createRange();
      range.setStart(...pointAt(own, index, false));
      range.setEnd(...pointAt(own, index + segment.length, true));
      all.push({ line, range });
    }
  }
  return all;
}

function byLine(all) {
  const lines = new Map();
  for (const piece of all) lines.set(piece.line, [...(lines.get(piece.line) ?? []), piece]);
  return lines;
}

function pointAt(own, offset, atEnd) {
  const piece = own.findLast((each) => (atEnd ? each.offset < offset : each.offset <= offset)) ?? own[0];
  return [piece.node, Math.min(offset - piece.offset, piece.node.length)];
}

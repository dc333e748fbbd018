/* What all documents of the editor share: words, bold, italic, links; and the one line of words. */
import { Schema } from "prosemirror-model";

export const marks = {
  link: {
    attrs: { href: {} },
    inclusive: false,
    parseDOM: [
      {
        tag: "a[href]",
        getAttrs: (dom) => {
          const href = dom.getAttribute("href");
          return /^(https?:\/\/|mailto:)/i.test(href) ? { href } : false;
        },
      },
    ],
    toDOM: (mark) => ["a", { href: mark.attrs.href }, 0],
  },
  strong: {
    parseDOM: [{ tag: "strong" }, { tag: "b" }],
    toDOM: () => ["strong", 0],
  },
  em: {
    parseDOM: [{ tag: "em" }, { tag: "i" }],
    toDOM: () => ["em", 0],
  },
};

export const paragraph = {
  content: "text*",
  group: "block plain",
  parseDOM: [{ tag: "p" }],
  toDOM: () => ["p", 0],
};

export const text = { group: "inline" };

/** One line of words: a suggestion, an answer. */
export function inlineSchema() {
  return new Schema({
    marks,
    nodes: { doc: { content: "paragraph" }, paragraph: { ...paragraph, group: "" }, text },
  });
}

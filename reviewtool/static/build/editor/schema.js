/* The shapes that our Markdown subset has, no others: what can't be said in it can't be typed.
   Three documents share them: the body, a list of one level (key points, sources), one line. */
import { Schema } from "prosemirror-model";

const marks = {
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

const paragraph = {
  content: "text*",
  group: "block plain",
  parseDOM: [{ tag: "p" }],
  toDOM: () => ["p", 0],
};

const text = { group: "inline" };

const list_item = (content) => ({
  content,
  defining: true,
  parseDOM: [{ tag: "li" }],
  toDOM: () => ["li", 0],
});

/** A field of the figure or the box: one line with a name. */
const line = (tag, name, strings) => ({
  content: "text*",
  defining: true,
  parseDOM: [{ tag: `${tag}.${name}`, priority: 60 }],
  toDOM: () => [tag, { class: name, "data-label": strings[name] ?? "" }, 0],
});

/** @param strings words shown inside the text: labels of a figure's parts. */
export function bodySchema(strings) {
  return new Schema({
    marks,
    nodes: {
      doc: { content: "block+" },
      paragraph,
      heading: {
        attrs: { level: { default: 2 } },
        content: "text*",
        group: "block",
        defining: true,
        parseDOM: [
          { tag: "h1", attrs: { level: 2 } },
          { tag: "h2", attrs: { level: 2 } },
          { tag: "h3", attrs: { level: 3 } },
          { tag: "h4", attrs: { level: 3 } },
          { tag: "h5", attrs: { level: 3 } },
          { tag: "h6", attrs: { level: 3 } },
        ],
        toDOM: (node) => [`h${node.attrs.level}`, 0],
      },
      bullet_list: {
        content: "list_item+",
        group: "block plain list",
        parseDOM: [{ tag: "ul" }],
        toDOM: () => ["ul", 0],
      },
      ordered_list: {
        content: "list_item+",
        group: "block plain list",
        parseDOM: [{ tag: "ol" }],
        toDOM: () => ["ol", 0],
      },
      list_item: list_item("paragraph list?"),
      blockquote: {
        content: "paragraph+",
        group: "block plain",
        defining: true,
        parseDOM: [{ tag: "blockquote" }],
        toDOM: () => ["blockquote", 0],
      },
      box: {
        content: "box_title plain+",
        group: "block",
        defining: true,
        isolating: true,
        parseDOM: [{ tag: "aside" }],
        toDOM: () => ["aside", { class: "box" }, 0],
      },
      box_title: line("p", "box-title", strings),
      figure: {
        attrs: { file: {} },
        content: "figure_caption? figure_alt? figure_date? figure_credit?",
        group: "block",
        isolating: true,
        parseDOM: [
          {
            tag: "figure[data-figure]",
            getAttrs: (dom) => ({ file: dom.dataset.figure }),
            contentElement: (dom) => dom.querySelector("figcaption") ?? dom,
          },
        ],
        toDOM: (node) => ["figure", { "data-figure": node.attrs.file }, ["figcaption", 0]],
      },
      figure_caption: line("span", "figure-caption", strings),
      figure_alt: line("span", "figure-alt", strings),
      figure_date: line("span", "figure-date", strings),
      figure_credit: line("span", "figure-credit", strings),
      text,
    },
  });
}

/** Key points and sources: one list, one level. */
export function listSchema() {
  return new Schema({
    marks,
    nodes: {
      doc: { content: "bullet_list" },
      paragraph: { ...paragraph, group: "" },
      bullet_list: {
        content: "list_item+",
        parseDOM: [{ tag: "ul" }, { tag: "ol" }],
        toDOM: () => ["ul", 0],
      },
      list_item: list_item("paragraph"),
      text,
    },
  });
}

/** One line of words: a suggestion, an answer. */
export function inlineSchema() {
  return new Schema({
    marks,
    nodes: { doc: { content: "paragraph" }, paragraph: { ...paragraph, group: "" }, text },
  });
}

/* The shapes that our Markdown subset has, no others: what can't be said in it can't be typed.
   Two documents are made of them: the body, and a list of one level (key points, sources). */
import { Schema } from "prosemirror-model";
import { drawFigure, drawNumbers, readFigure, readNumbers } from "./figures.js";
import { marks, paragraph, text } from "./inline-schema.js";

const list_item = (content) => ({
  content,
  defining: true,
  parseDOM: [{ tag: "li" }],
  toDOM: () => ["li", 0],
});

/** A figure or number graphic: whole, changed in its dialog. */
const whole = (attrs, tag, read, draw) => ({
  attrs,
  group: "block",
  atom: true,
  draggable: true,
  parseDOM: [{ tag, getAttrs: read, priority: 70 }],
  toDOM: draw,
});

const about = { caption: { default: "" }, date: { default: "" }, credit: { default: "" } };

/** The title of a box: one line with a name. */
const line = (tag, name, strings) => ({
  content: "text*",
  defining: true,
  parseDOM: [{ tag: `${tag}.${name}`, priority: 60 }],
  toDOM: () => [tag, { class: name, "data-label": strings[name] ?? "" }, 0],
});

/** @param strings words shown inside the text. @param address file of a picture -> its address. */
export function bodySchema(strings, address) {
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
      figure: whole(
        { ...about, file: {}, alt: { default: "" } },
        "figure[data-figure]",
        readFigure,
        (node) => drawFigure(node.attrs, strings, address),
      ),
      numbers: whole(
        { ...about, form: { default: "large" }, rows: { default: [] } },
        "figure[data-numbers]",
        readNumbers,
        (node) => drawNumbers(node.attrs, strings),
      ),
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

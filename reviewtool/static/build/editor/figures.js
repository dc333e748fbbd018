/* Figures and number graphics between the page and the editor: the attributes of their nodes, read
   from the HTML that the server writes, and drawn as they will be read. They are whole: what is in
   them is changed in a dialog (figure-dialog.js). */
import { DOMParser as Parser, DOMSerializer } from "prosemirror-model";
import { inlineSchema } from "./inline-schema.js";

const inline = inlineSchema();

/** The words of one line with its bold, italic and links only, as HTML. */
export function inlineHtml(element) {
  if (!element) return "";
  const doc = Parser.fromSchema(inline).parse(element);
  const home = document.createElement("div");
  home.append(DOMSerializer.fromSchema(inline).serializeFragment(doc.firstChild.content));
  return home.innerHTML;
}

function words(dom, name) {
  return dom.querySelector(`.figure-${name}`)?.textContent.trim() ?? "";
}

const about = (dom) => ({
  caption: inlineHtml(dom.querySelector(".figure-caption")),
  date: words(dom, "date"),
  credit: inlineHtml(dom.querySelector(".figure-credit")),
});

export function readFigure(dom) {
  return { ...about(dom), file: dom.dataset.figure, alt: dom.dataset.alt || words(dom, "alt") };
}

export function readNumbers(dom) {
  const rows = [...dom.querySelectorAll("tr, li")].map((row) => [words(row, "value"), words(row, "label")]);
  return { ...about(dom), form: dom.dataset.numbers, rows };
}

function made(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** A line of the caption; ``html`` holds what inlineHtml made, nothing else. */
function told(name, html, label) {
  const span = made("span", { class: `figure-${name}` });
  const inert = new DOMParser().parseFromString(html, "text/html").body;
  span.append(...inert.childNodes);
  return label ? [made("span", { "data-aside": "" }, `${label} `), span, " "] : [span, " "];
}

function escaped(plain) {
  return made("span", {}, document.createTextNode(plain)).innerHTML;
}

function captionOf(attrs, strings) {
  const parts = [
    ...(attrs.caption ? told("caption", attrs.caption) : []),
    ...(attrs.date ? told("date", escaped(attrs.date), strings["as-of"]) : []),
    ...(attrs.credit ? told("credit", attrs.credit, strings["source-of"]) : []),
  ];
  return parts.length ? [made("figcaption", {}, ...parts)] : [];
}

export function drawFigure(attrs, strings, address) {
  const picture = made("img", { src: address(attrs.file), alt: attrs.alt });
  return made(
    "figure",
    { "data-figure": attrs.file, "data-alt": attrs.alt, "data-hint": strings["figure-hint"] ?? "" },
    picture,
    ...captionOf(attrs, strings),
  );
}

/** As reviewtool.text.measures reads numbers; null where one can't be drawn. */
export function measure(value) {
  const match = /^(\D*)(\d{1,12}(?:[.,]\d{1,6})?)\D*$/.exec(value.replace(/\s/g, ""));
  if (!match || /[-−–]$/.test(match[1])) return null;
  return Number(match[2].replace(",", "."));
}

const SVG = "http://www.w3.org/2000/svg";

function bar(share) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 100 4");
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("aria-hidden", "true");
  const rect = document.createElementNS(SVG, "rect");
  rect.setAttribute("width", (100 * share).toFixed(2));
  rect.setAttribute("height", "4");
  svg.append(rect);
  return svg;
}

function rowsOf(attrs) {
  const sizes = attrs.rows.map(([value]) => measure(value));
  const span = (name, text) => made("span", { class: `figure-${name}` }, text);
  if (attrs.form !== "bars" || !sizes.length || sizes.includes(null)) {
    const items = attrs.rows.map(([value, label]) => made("li", {}, span("value", value), " ", span("label", label)));
    return made("ul", { class: "number-list" }, ...items);
  }
  const top = Math.max(...sizes) || 1;
  const lines = attrs.rows.map(([value, label], index) =>
    made(
      "tr",
      {},
      made("th", { scope: "row" }, span("label", label)),
      made("td", {}, span("value", value), bar(sizes[index] / top)),
    ),
  );
  return made("table", { class: "number-bars" }, made("tbody", {}, ...lines));
}

export function drawNumbers(attrs, strings) {
  return made(
    "figure",
    { class: "numbers", "data-numbers": attrs.form, "data-hint": strings["figure-hint"] ?? "" },
    rowsOf(attrs),
    ...captionOf(attrs, strings),
  );
}

/* The row for an address, under the toolbar: no dialog, the text stays in sight. */
import { markActive } from "./actions.js";

/** The whole link around the caret, so that it can be changed or removed without marking it. */
function around(state, type) {
  const { $from, from, to, empty } = state.selection;
  if (!empty) return { from, to };
  const parent = $from.parent;
  let start = $from.start();
  let found = null;
  parent.forEach((node, offset) => {
    const first = start + offset;
    if (type.isInSet(node.marks) && first <= from && from <= first + node.nodeSize) {
      found = { from: first, to: first + node.nodeSize, href: type.isInSet(node.marks).attrs.href };
    }
  });
  return found ?? { from, to };
}

function completed(address) {
  const words = address.trim();
  if (/^(https?:\/\/|mailto:)/i.test(words)) return words;
  if (/^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/.test(words)) return `mailto:${words}`;
  return words ? `https://${words}` : "";
}

export function makeLinkRow(strings, id) {
  const row = document.createElement("div");
  row.className = "editor-link";
  row.hidden = true;
  const label = document.createElement("label");
  label.htmlFor = `${id}-address`;
  label.textContent = strings.address ?? "";
  const input = document.createElement("input");
  input.id = `${id}-address`;
  input.type = "text";
  input.inputMode = "url";
  input.autocomplete = "off";
  input.spellcheck = false;
  const button = (name) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = name === "link-set" ? "button" : "button button-link";
    made.dataset.action = name;
    made.textContent = strings[name] ?? name;
    return made;
  };
  const [set, remove, cancel] = ["link-set", "link-remove", "link-cancel"].map(button);
  row.append(label, input, set, remove, cancel);
  return { row, input, set, remove, cancel };
}

/** @returns a command that opens the row for the words marked, or the link around the caret. */
export function linkCommand(parts, type, getView) {
  const close = () => {
    parts.row.hidden = true;
    getView().focus();
  };
  let range = null;
  const apply = () => {
    const href = completed(parts.input.value);
    const view = getView();
    let tr = view.state.tr.removeMark(range.from, range.to, type);
    if (href && range.from === range.to) {
      const words = view.state.schema.text(parts.input.value.trim(), [type.create({ href })]);
      tr = tr.insert(range.from, words);
    } else if (href) {
      tr = tr.addMark(range.from, range.to, type.create({ href }));
    }
    view.dispatch(tr);
    close();
  };
  parts.set.addEventListener("click", apply);
  parts.cancel.addEventListener("click", close);
  parts.remove.addEventListener("click", () => {
    parts.input.value = "";
    apply();
  });
  parts.row.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    else if (event.key === "Enter" && event.target === parts.input) apply();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return (state, dispatch) => {
    if (!dispatch) return true;
    range = around(state, type);
    const inside = markActive(state, type);
    parts.input.value = range.href ?? hrefIn(state, range, type);
    parts.remove.hidden = !inside;
    parts.row.hidden = false;
    parts.input.focus();
    parts.input.select();
    return true;
  };
}

function hrefIn(state, { from, to }, type) {
  let href = "";
  state.doc.nodesBetween(from, to, (node) => {
    href ||= type.isInSet(node.marks)?.attrs.href ?? "";
  });
  return href;
}

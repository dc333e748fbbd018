/* What the toolbar and the keys do: each action has a key, its words, and, where it can be on,
   a test for that. */
import { lift, setBlockType, toggleMark, wrapIn } from "prosemirror-commands";
import { redo, undo } from "prosemirror-history";
import { liftListItem, sinkListItem, splitListItem, wrapInList } from "prosemirror-schema-list";
import { Fragment } from "prosemirror-model";
import { NodeSelection, TextSelection } from "prosemirror-state";
import { chosen } from "./figure-dialog.js";

export function markActive(state, type) {
  const { from, $from, to, empty } = state.selection;
  if (empty) return Boolean(type.isInSet(state.storedMarks ?? $from.marks()));
  return state.doc.rangeHasMark(from, to, type);
}

function ancestor(state, type, attrs = {}) {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    const node = $from.node(depth);
    if (node.type === type && Object.entries(attrs).every(([k, v]) => node.attrs[k] === v)) {
      return { node, depth };
    }
  }
  return null;
}

const heading = (nodes, level) => (state, dispatch) =>
  ancestor(state, nodes.heading, { level })
    ? setBlockType(nodes.paragraph)(state, dispatch)
    : setBlockType(nodes.heading, { level })(state, dispatch);

/** Inside a list of the kind: out of it; inside the other kind: change it; else make one. */
const list = (nodes, type) => (state, dispatch) => {
  const inside = ancestor(state, nodes.bullet_list) ?? ancestor(state, nodes.ordered_list);
  if (!inside) return wrapInList(type)(state, dispatch);
  if (inside.node.type === type) return liftListItem(nodes.list_item)(state, dispatch);
  const at = state.selection.$from.before(inside.depth);
  dispatch?.(state.tr.setNodeMarkup(at, type));
  return true;
};

const wrapping = (type) => (state, dispatch) =>
  ancestor(state, type) ? lift(state, dispatch) : wrapIn(type)(state, dispatch);

/** A box around the chosen blocks, with an empty title to type into; inside one: out of it. */
const box = (nodes) => (state, dispatch) => {
  const inside = ancestor(state, nodes.box);
  if (inside) {
    const start = state.selection.$from.before(inside.depth);
    const blocks = [];
    inside.node.forEach((child) => {
      if (child.type !== nodes.box_title) blocks.push(child);
      else if (child.content.size) blocks.push(nodes.paragraph.create(null, child.content));
    });
    dispatch?.(state.tr.replaceWith(start, start + inside.node.nodeSize, Fragment.from(blocks)));
    return true;
  }
  const { $from, $to } = state.selection;
  const range = $from.blockRange($to);
  if (!range || range.depth !== 0) return false;
  const blocks = [];
  for (let index = range.startIndex; index < range.endIndex; index += 1) {
    blocks.push(state.doc.child(index));
  }
  if (!blocks.every((block) => block.type.isInGroup("plain"))) return false;
  const made = nodes.box.create(null, [nodes.box_title.create(), ...blocks]);
  if (dispatch) {
    const tr = state.tr.replaceWith(range.start, range.end, made);
    dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(range.start + 2))).scrollIntoView());
  }
  return true;
};

/** A new item after the present one, or at the end, where nobody has put the caret anywhere yet. */
const addItem = (nodes) => (state, dispatch, view) => {
  const inside = view && !view.entered ? null : ancestor(state, nodes.list_item);
  const after = inside ? state.selection.$from.after(inside.depth) : state.doc.content.size - 1;
  if (dispatch) {
    const item = nodes.list_item.create(null, nodes.paragraph.create());
    const tr = state.tr.insert(after, item);
    dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(after + 2))).scrollIntoView());
  }
  return true;
};

const moveItem = (nodes, step) => (state, dispatch) => {
  const inside = ancestor(state, nodes.list_item);
  if (!inside) return false;
  const { $from } = state.selection;
  const parent = $from.node(inside.depth - 1);
  const index = $from.index(inside.depth - 1);
  const other = index + step;
  if (other < 0 || other >= parent.childCount) return false;
  if (dispatch) {
    const start = $from.before(inside.depth);
    const size = inside.node.nodeSize;
    const target = step < 0 ? start - parent.child(other).nodeSize : start + parent.child(other).nodeSize;
    const tr = state.tr.delete(start, start + size).insert(target, inside.node);
    const caret = target + ($from.pos - start);
    dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(caret))).scrollIntoView());
  }
  return true;
};

/** The block of the text that the caret is in, past its neighbour. */
const moveBlock = (step) => (state, dispatch) => {
  const { $from } = state.selection;
  const index = $from.index(0);
  const other = index + step;
  if ($from.depth === 0 && !state.selection.node) return false;
  if (other < 0 || other >= state.doc.childCount) return false;
  if (dispatch) {
    const start = $from.depth ? $from.before(1) : $from.pos;
    const block = state.doc.child(index);
    const target = start + (step < 0 ? -1 : 1) * state.doc.child(other).nodeSize;
    const tr = state.tr.delete(start, start + block.nodeSize).insert(target, block);
    const caret = tr.doc.resolve(target + ($from.pos - start));
    const selection = $from.depth ? TextSelection.near(caret) : NodeSelection.create(tr.doc, target);
    dispatch(tr.setSelection(selection).scrollIntoView());
  }
  return true;
};

/** Lists have at most three levels. */
export const deeper = (nodes) => (state, dispatch) => {
  const { $from } = state.selection;
  let levels = 0;
  for (let depth = $from.depth; depth > 0; depth -= 1) levels += $from.node(depth).type === nodes.list_item;
  return levels < 3 && sinkListItem(nodes.list_item)(state, dispatch);
};

export const shallower = (nodes) => liftListItem(nodes.list_item);
export const splitItem = (nodes) => splitListItem(nodes.list_item);

/** @returns actions in the order of the toolbar: {name, run, active?, key?}; null is a gap. */
export function actionsFor(part, schema, openLink, openFigure, openNumbers) {
  const { nodes, marks } = schema;
  const mark = (name, type, key) => ({
    name, key, run: toggleMark(type), active: (state) => markActive(state, type),
  });
  const words = [
    mark("bold", marks.strong, "Mod-b"),
    mark("italic", marks.em, "Mod-i"),
    { name: "link", key: "Mod-k", run: openLink, active: (state) => markActive(state, marks.link) },
  ];
  const steps = [
    null,
    { name: "undo", key: "Mod-z", run: undo },
    { name: "redo", key: "Mod-y", run: redo },
  ];
  if (part === "inline") return [...words, ...steps];
  if (part === "caption") return words;
  if (part !== "body") {
    return [
      { name: part === "sources" ? "add-source" : "add-point", run: addItem(nodes) },
      { name: "move-up", key: "Alt-ArrowUp", run: moveItem(nodes, -1) },
      { name: "move-down", key: "Alt-ArrowDown", run: moveItem(nodes, 1) },
      null,
      ...words,
      ...steps,
    ];
  }
  const on = (type, attrs) => (state) => Boolean(ancestor(state, type, attrs));
  return [
    ...words,
    null,
    { name: "heading", key: "Mod-Alt-2", run: heading(nodes, 2), active: on(nodes.heading, { level: 2 }) },
    { name: "subheading", key: "Mod-Alt-3", run: heading(nodes, 3), active: on(nodes.heading, { level: 3 }) },
    { name: "bullets", key: "Mod-Shift-8", run: list(nodes, nodes.bullet_list), active: on(nodes.bullet_list) },
    { name: "numbers", key: "Mod-Shift-7", run: list(nodes, nodes.ordered_list), active: on(nodes.ordered_list) },
    { name: "quote", run: wrapping(nodes.blockquote), active: on(nodes.blockquote) },
    { name: "box", run: box(nodes), active: on(nodes.box) },
    { name: "figure", run: openFigure, active: (state) => Boolean(chosen(state, nodes.figure)) },
    { name: "number-graphic", run: openNumbers, active: (state) => Boolean(chosen(state, nodes.numbers)) },
    null,
    { name: "move-up", key: "Alt-ArrowUp", run: moveBlock(-1) },
    { name: "move-down", key: "Alt-ArrowDown", run: moveBlock(1) },
    ...steps,
  ];
}

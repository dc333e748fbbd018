/* <textarea data-editor="body | points | sources | inline" data-html="…"> becomes a visual editor.
   It posts HTML in a hidden field <name>_html, which wins over the textarea on the server; without
   script the textarea is what is sent. Words come from <template data-editor-strings>.
   An "editor-set" event on the textarea (detail: HTML) puts other words in (js/keep.js). */
import { baseKeymap, chainCommands, exitCode } from "prosemirror-commands";
import { gapCursor } from "prosemirror-gapcursor";
import { history, redo } from "prosemirror-history";
import { inputRules, wrappingInputRule } from "prosemirror-inputrules";
import { keymap } from "prosemirror-keymap";
import { DOMParser as Parser, DOMSerializer } from "prosemirror-model";
import { EditorState, NodeSelection } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { actionsFor, deeper, shallower, splitItem } from "./actions.js";
import { chosen, figureCommand, numbersCommand } from "./figure-dialog.js";
import { inlineHtml } from "./figures.js";
import { inlineSchema } from "./inline-schema.js";
import { linkCommand, makeLinkRow } from "./link.js";
import { cleanPaste } from "./paste.js";
import { bodySchema, listSchema } from "./schema.js";
import { makeToolbar, refresh } from "./toolbar.js";

/** The whole blocks, in the order of their dialogs; actions that move the focus themselves. */
const WHOLE = ["figure", "numbers"];
const ASKING = new Set(["link", "figure", "number-graphic"]);

function readStrings() {
  const template = document.querySelector("template[data-editor-strings]");
  const entries = [...(template?.content.querySelectorAll("[data-name]") ?? [])];
  return Object.fromEntries(entries.map((entry) => [entry.dataset.name, entry.textContent]));
}

function schemaFor(part, strings, address) {
  if (part === "body") return bodySchema(strings, address);
  return part === "points" || part === "sources" ? listSchema() : inlineSchema();
}

function parse(schema, html) {
  const inert = new DOMParser().parseFromString(html, "text/html").body;
  for (const aside of inert.querySelectorAll("[data-aside]")) aside.remove();
  return Parser.fromSchema(schema).parse(inert);
}

function serialise(schema, doc) {
  const home = document.createElement("div");
  home.append(DOMSerializer.fromSchema(schema).serializeFragment(doc.content));
  return home.innerHTML;
}

function keysFor(part, schema, actions, focusBar) {
  const { nodes } = schema;
  const keys = { "Mod-Shift-z": redo, "Alt-F10": focusBar };
  for (const action of actions) if (action?.key) keys[action.key] = action.run;
  if (nodes.list_item) keys.Enter = splitItem(nodes);
  if (part === "inline" || part === "caption") keys.Enter = () => true;
  if (part === "body") {
    keys["Mod-]"] = deeper(nodes);
    keys["Mod-["] = shallower(nodes);
    keys.Enter = chainCommands(splitItem(nodes), exitCode);
  }
  return keymap(keys);
}

function rulesFor(part, { nodes }) {
  if (part !== "body") return inputRules({ rules: [] });
  return inputRules({
    rules: [
      wrappingInputRule(/^\s*[-–•]\s$/, nodes.bullet_list),
      wrappingInputRule(/^1[.)]\s$/, nodes.ordered_list),
    ],
  });
}

/** What opens the dialogs of the figures of a text's body. */
function dialogsFor(textarea, schema, strings, address, getView) {
  const startEditor = (inner) => {
    const made = start(inner, strings);
    return () => inlineHtml(made.dom);
  };
  const shared = { getView, startEditor };
  return [
    figureCommand({
      ...shared,
      type: schema.nodes.figure,
      address,
      sendTo: textarea.dataset.sendPicture,
      token: () => textarea.form.elements.csrf_token.value,
    }),
    numbersCommand({ ...shared, type: schema.nodes.numbers }),
  ];
}

function start(textarea, strings) {
  const part = textarea.dataset.editor;
  const address = (file) => (textarea.dataset.picture ?? "").replace("FILE", encodeURIComponent(file));
  const schema = schemaFor(part, strings, address);
  const id = textarea.id || textarea.name;
  // In its own dialog: one that is just being closed has the same fields, for a moment.
  const root = textarea.closest("dialog") ?? document;
  const label = root.querySelector(`label[for="${CSS.escape(id)}"]`);
  const hidden = document.createElement("input");
  hidden.type = "hidden";
  if (textarea.name) hidden.name = `${textarea.name}_html`;
  const link = makeLinkRow(strings, id);
  let view = null;
  const getView = () => view;
  const dialogs = part === "body" ? dialogsFor(textarea, schema, strings, address, getView) : [];
  const actions = actionsFor(part, schema, linkCommand(link, schema.marks.link, getView), ...dialogs);
  const { bar, buttons } = makeToolbar(actions, strings, strings.toolbar ?? "", id);
  const focusBar = () => {
    bar.querySelector("[tabindex='0']").focus();
    return true;
  };
  const home = document.createElement("div");
  home.className = `editor editor-${part}`;
  textarea.before(home);
  const note = document.createElement("p");
  note.className = "hint editor-note";
  note.setAttribute("role", "status");
  home.append(bar, link.row, note);
  textarea.after(hidden);
  textarea.hidden = true;
  textarea.id = `${id}-plain`;
  if (label) label.id ||= `${id}-label`;

  const oneLine = part === "inline" || part === "caption";
  const state = EditorState.create({
    doc: parse(schema, textarea.dataset.html ?? ""),
    plugins: [
      rulesFor(part, schema),
      keysFor(part, schema, actions, focusBar),
      keymap(baseKeymap),
      history(),
      ...(part === "body" ? [gapCursor()] : []),
    ],
  });
  const openChosen = () => {
    const at = dialogs.findIndex((_, index) => chosen(view.state, schema.nodes[WHOLE[index]]));
    return at >= 0 && dialogs[at](view.state, view.dispatch, view);
  };
  view = new EditorView(home, {
    state,
    attributes: {
      id,
      class: oneLine ? "editor-words" : "text editor-words",
      role: "textbox",
      "aria-multiline": String(!oneLine),
      ...(label ? { "aria-labelledby": label.id } : {}),
      ...(textarea.getAttribute("aria-describedby")
        ? { "aria-describedby": textarea.getAttribute("aria-describedby") }
        : {}),
      ...(textarea.getAttribute("aria-invalid") ? { "aria-invalid": "true" } : {}),
      ...(textarea.lang ? { lang: textarea.lang } : {}),
      spellcheck: "true",
    },
    scrollThreshold: { top: 110, bottom: 40, left: 0, right: 0 },
    scrollMargin: { top: 120, bottom: 50, left: 0, right: 0 },
    transformPastedHTML: (html) => {
      const pasted = cleanPaste(html);
      note.textContent = pasted.told.map((name) => strings[name]).join(" ");
      return pasted.html;
    },
    handleDOMEvents: {
      focus: (entered) => {
        // On the view, not on its element: a changed attribute would make the editor read the
        // selection anew, from where the caret isn't yet.
        entered.entered = true;
        return false;
      },
    },
    handleKeyDown: (_view, event) => event.key === "Enter" && openChosen(),
    handleDoubleClickOn: (_view, _pos, node, place) => {
      if (!node.isAtom || node.isText) return false;
      view.dispatch(view.state.tr.setSelection(NodeSelection.create(view.state.doc, place)));
      return openChosen();
    },
    dispatchTransaction(transaction) {
      view.updateState(view.state.apply(transaction));
      refresh(buttons, view.state);
      if (!transaction.docChanged) return;
      hidden.value = serialise(schema, view.state.doc);
      hidden.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  hidden.value = serialise(schema, view.state.doc);
  refresh(buttons, view.state);
  for (const [button, action] of buttons) {
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => {
      if (action.run(view.state, view.dispatch, view) && !ASKING.has(action.name)) view.focus();
    });
  }
  label?.addEventListener("click", () => view.focus());
  textarea.addEventListener("editor-set", (event) => {
    const doc = parse(schema, event.detail);
    view.dispatch(view.state.tr.replaceWith(0, view.state.doc.content.size, doc.content));
  });
  return view;
}

const strings = readStrings();
for (const textarea of document.querySelectorAll("textarea[data-editor]")) start(textarea, strings);
document.documentElement.dataset.editors = "ready";

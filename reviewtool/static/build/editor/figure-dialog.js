/* The dialogs for a picture and for a number graphic: <template data-dialog="figure | numbers">,
   rendered by the server with its labels, hints and messages. */
import { NodeSelection } from "prosemirror-state";

/** The figure that is chosen, as {node, pos}; null where there is none of the kind. */
export function chosen(state, type) {
  const { selection } = state;
  if (!(selection instanceof NodeSelection) || selection.node.type !== type) return null;
  return { node: selection.node, pos: selection.from };
}

/** Put a whole block after the one where the caret is, or in the place of the chosen one. */
function put(view, type, attrs, at) {
  const { state } = view;
  const node = type.create(attrs);
  let tr;
  let place;
  if (at) {
    place = at.pos;
    tr = state.tr.replaceWith(at.pos, at.pos + at.node.nodeSize, node);
  } else {
    const { $to } = state.selection;
    place = $to.depth ? $to.after(1) : $to.pos;
    const empty = $to.depth === 1 && $to.parent.type.name === "paragraph" && !$to.parent.content.size;
    if (empty) place = $to.before(1);
    tr = empty ? state.tr.replaceWith(place, $to.after(1), node) : state.tr.insert(place, node);
    if (place + node.nodeSize === tr.doc.content.size) {
      tr.insert(place + node.nodeSize, state.schema.nodes.paragraph.create());
    }
  }
  view.dispatch(tr.setSelection(NodeSelection.create(tr.doc, place)).scrollIntoView());
}

/** Show what is wrong at its field, tied to it, and go there; none: clear it. */
function complain(dialog, name, message) {
  for (const error of dialog.querySelectorAll("[data-error]")) error.hidden = error.dataset.error !== name;
  for (const field of dialog.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
  if (!name) return;
  const error = dialog.querySelector(`[data-error="${name}"]`);
  if (message) error.querySelector("[data-words]").textContent = message;
  const field = dialog.querySelector(`[data-field="${name}"]`);
  field.setAttribute("aria-invalid", "true");
  field.focus();
}

function open(name, fill, getView, read) {
  const template = document.querySelector(`template[data-dialog="${name}"]`);
  const dialog = template.content.firstElementChild.cloneNode(true);
  document.body.append(dialog);
  const view = getView();
  const part = (key) => dialog.querySelector(`[data-field="${key}"]`);
  fill(dialog, part);
  const done = () => dialog.close();
  dialog.addEventListener("close", () => {
    dialog.remove();
    view.focus();
  });
  dialog.querySelector("[data-put]").addEventListener("click", () => {
    if (read(dialog, part)) done();
  });
  dialog.querySelector("[data-cancel]").addEventListener("click", done);
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("input:not([type='file'])")) return;
    event.preventDefault();
    dialog.querySelector("[data-put]").click();
  });
  dialog.showModal();
  return dialog;
}

/** The lines that both kinds have; caption and source are small editors of their own. */
function lines(dialog, part, attrs, startEditor) {
  const html = {};
  for (const key of ["caption", "credit"]) {
    part(key).dataset.html = `<p>${attrs[key]}</p>`;
    html[key] = startEditor(part(key));
  }
  part("date").value = attrs.date;
  return () => ({ caption: html.caption(), credit: html.credit(), date: part("date").value.trim() });
}

function removing(dialog, at, getView) {
  const button = dialog.querySelector("[data-remove]");
  button.hidden = !at;
  button.addEventListener("click", () => {
    const view = getView();
    view.dispatch(view.state.tr.delete(at.pos, at.pos + at.node.nodeSize));
    dialog.close();
  });
}

async function send(input, address, token, dialog) {
  const told = dialog.querySelector("[data-told]");
  const body = new FormData();
  body.append("picture", input.files[0]);
  body.append("csrf_token", token);
  told.textContent = told.dataset.sending;
  try {
    const answer = await fetch(address, { method: "POST", body, credentials: "same-origin" });
    if (!answer.headers.get("Content-Type")?.startsWith("application/json")) {
      throw new TypeError(`unexpected answer ${answer.status}`);
    }
    const said = await answer.json();
    told.textContent = answer.ok ? said.words : "";
    if (answer.ok) return said;
    complain(dialog, "file", said.words);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    told.textContent = "";
    complain(dialog, "file", told.dataset.failed);
  }
  input.value = "";
  return null;
}

/** @returns a command that asks for a picture, or shows the chosen one to be changed. */
export function figureCommand({ type, getView, address, startEditor, sendTo, token }) {
  return (state, dispatch) => {
    if (!dispatch) return true;
    const at = chosen(state, type);
    let attrs = { caption: "", alt: "", date: "", credit: "", file: "", ...at?.node.attrs };
    let rest = null;
    const preview = (dialog) => {
      const image = dialog.querySelector("[data-preview]");
      image.hidden = !attrs.file;
      if (attrs.file) image.src = address(attrs.file);
    };
    const fill = (dialog, part) => {
      rest = lines(dialog, part, attrs, startEditor);
      part("alt").value = attrs.alt;
      preview(dialog);
      removing(dialog, at, getView);
      part("file").addEventListener("change", async () => {
        complain(dialog, "");
        const button = dialog.querySelector("[data-put]");
        button.disabled = true;
        const said = part("file").files.length ? await send(part("file"), sendTo, token(), dialog) : null;
        button.disabled = false;
        if (!said) return;
        attrs = { ...attrs, file: said.file };
        preview(dialog);
      });
    };
    open("figure", fill, getView, (dialog, part) => {
      const alt = part("alt").value.trim();
      complain(dialog, attrs.file ? (alt ? "" : "alt") : "file");
      if (!attrs.file || !alt) return false;
      put(getView(), type, { ...attrs, ...rest(), alt }, at);
      return true;
    });
    return true;
  };
}

/** @returns a command that asks for numbers, or shows the chosen ones to be changed. */
export function numbersCommand({ type, getView, startEditor }) {
  return (state, dispatch) => {
    if (!dispatch) return true;
    const at = chosen(state, type);
    const attrs = { form: "large", rows: [], caption: "", date: "", credit: "", ...at?.node.attrs };
    let rest = null;
    const values = (dialog) =>
      [...dialog.querySelectorAll("[data-row]")].map((row) =>
        [...row.querySelectorAll("input")].map((input) => input.value.trim()),
      );
    const fill = (dialog, part) => {
      rest = lines(dialog, part, attrs, startEditor);
      removing(dialog, at, getView);
      for (const choice of dialog.querySelectorAll("[name='number-form']")) {
        choice.checked = choice.value === attrs.form;
      }
      const home = dialog.querySelector("[data-rows]");
      const pattern = home.querySelector("[data-row]");
      const more = dialog.querySelector("[data-more]");
      const add = ([value, label]) => {
        const row = pattern.cloneNode(true);
        const [first, second] = row.querySelectorAll("input");
        [first.value, second.value] = [value, label];
        for (const input of [first, second]) input.setAttribute("aria-label", `${input.dataset.words} ${home.children.length + 1}`);
        home.append(row);
        more.disabled = home.children.length >= Number(home.dataset.most);
        return first;
      };
      pattern.remove();
      for (const row of attrs.rows.length ? attrs.rows : [["", ""], ["", ""], ["", ""]]) add(row);
      home.querySelector("input").dataset.field = "rows";
      more.addEventListener("click", () => add(["", ""]).focus());
    };
    open("numbers", fill, getView, (dialog) => {
      const rows = values(dialog).filter((row) => row.some(Boolean));
      const whole = rows.length > 0 && rows.every((row) => row.every(Boolean));
      complain(dialog, whole ? "" : "rows");
      if (!whole) return false;
      const form = dialog.querySelector("[name='number-form']:checked").value;
      put(getView(), type, { ...attrs, ...rest(), rows, form }, at);
      return true;
    });
    return true;
  };
}

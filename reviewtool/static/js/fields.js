/* The fields of a form as [name, value, checked] triples: read, compared, put back. */
const PLACE = new Set(["after", "start_block", "start_offset", "end_block", "end_offset", "quote", "revision"]);
const NEVER = new Set(["csrf_token", "request_id"]);

export function fields(form) {
  return [...form.elements].filter(
    (field) =>
      field.name && !NEVER.has(field.name) && !["file", "password", "submit", "button"].includes(field.type),
  );
}

const ticked = (field) => ["checkbox", "radio"].includes(field.type);

export function isDefault(field) {
  if (ticked(field)) return field.checked === field.defaultChecked;
  if (field.localName === "select") {
    return [...field.options].every((option) => option.selected === option.defaultSelected);
  }
  return field.value === field.defaultValue;
}

/** What stands in the form is where it begins from now on: it has been saved. */
export function settle(form) {
  for (const field of fields(form)) {
    if (ticked(field)) field.defaultChecked = field.checked;
    else if (field.localName === "textarea" || field.type === "text") field.defaultValue = field.value;
  }
}

export function read(form) {
  const values = [];
  for (const field of fields(form)) {
    if (ticked(field)) values.push([field.name, field.value, field.checked]);
    else values.push([field.name, field.value]);
  }
  return values;
}

/** What the server keeps, by name, as the triples of this form. */
export function triples(form, kept) {
  return fields(form)
    .filter((field) => ticked(field) || field.name in kept)
    .map((field) =>
      ticked(field) ? [field.name, field.value, kept[field.name] === field.value] : [field.name, kept[field.name]],
    );
}

/** The words and choices among triples; what the page put in says nothing. */
function said(form, values) {
  const hidden = new Set(fields(form).filter((field) => field.type === "hidden").map((field) => field.name));
  const words = values.filter(([name, value, checked]) => !hidden.has(name) && name !== "kind" && (checked ?? value.trim()));
  return JSON.stringify(words.map(([name, value]) => [name, value.trim()]));
}

export const sameWords = (form, one, other) => said(form, one) === said(form, other);

/** Put kept words back; over what the server gave only where that was asked for (over).
    Returns whether anything was. */
export function restore(form, values, over = false) {
  let any = false;
  // What was chosen of another text than the one shown now isn't chosen of this one.
  const stale = values.some(([name, value]) => name === "text_hash" && form.elements.text_hash?.value !== value);
  for (const [name, value, checked] of values) {
    const same = fields(form).filter((field) => field.name === name);
    const tick = same.find((field) => ticked(field) && field.value === value);
    if (tick) {
      if (!stale) tick.checked = checked;
      continue;
    }
    if (name.endsWith("_html")) any = setEditor(form, name, value) || any;
    const place = form.matches("[data-say-form]") && PLACE.has(name);
    const field = same.find((each) => !ticked(each) && (place || each.type !== "hidden"));
    const filled = !over && field && field.value.trim() && field.localName === "textarea";
    if (!field || filled || field.value === value) continue;
    field.value = value;
    any ||= !place && Boolean(value.trim());
  }
  return any;
}

function setEditor(form, name, html) {
  const textarea = form.elements[name.slice(0, -"_html".length)];
  if (!textarea || textarea.dataset.html === html) return false;
  if (document.documentElement.dataset.editors) {
    textarea.dispatchEvent(new CustomEvent("editor-set", { detail: html }));
  } else {
    textarea.dataset.html = html;
  }
  return true;
}

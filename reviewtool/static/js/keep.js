/* Half-written words survive a closed browser, a lost network, an expired session.
   form[data-keep="LINK:FORM"] keeps its fields in localStorage under that key, and puts them back
   where the server gave nothing. The server says when they can go: any element with
   data-keep-clear="LINK:FORM", or "LINK:*" for all of a link ("ready", "not me"). */
const PREFIX = "reviewtool:keep:";
const PAUSE = 400;
const PLACE = new Set(["start_block", "start_offset", "end_block", "end_offset", "quote"]);
const NEVER = new Set(["csrf_token", "request_id"]);

function store(action) {
  try {
    return action(window.localStorage);
  } catch (error) {
    if (error instanceof DOMException) return null; // full, or forbidden by the browser
    throw error;
  }
}

function clear(key) {
  store((storage) => {
    const all = key.endsWith("*");
    for (const name of Object.keys(storage)) {
      const same = name === PREFIX + key;
      if (same || (all && name.startsWith(PREFIX + key.slice(0, -1)))) storage.removeItem(name);
    }
  });
}

function fields(form) {
  return [...form.elements].filter(
    (field) =>
      field.name && !NEVER.has(field.name) && !["file", "password", "submit", "button"].includes(field.type),
  );
}

const ticked = (field) => ["checkbox", "radio"].includes(field.type);

function isDefault(field) {
  if (ticked(field)) return field.checked === field.defaultChecked;
  if (field.localName === "select") {
    return [...field.options].every((option) => option.selected === option.defaultSelected);
  }
  return field.value === field.defaultValue;
}

function read(form) {
  const values = [];
  for (const field of fields(form)) {
    if (ticked(field)) values.push([field.name, field.value, field.checked]);
    else values.push([field.name, field.value]);
  }
  return values;
}

/** Put kept words back, but never over what the server gave. Returns whether anything was. */
function restore(form, values) {
  let any = false;
  for (const [name, value, checked] of values) {
    const same = fields(form).filter((field) => field.name === name);
    const tick = same.find((field) => ticked(field) && field.value === value);
    if (tick) {
      tick.checked = checked;
      continue;
    }
    if (name.endsWith("_html")) any = setEditor(form, name, value) || any;
    const place = form.matches("[data-say-form]") && PLACE.has(name);
    const field = same.find((each) => !ticked(each) && (place || each.type !== "hidden"));
    const filled = field && field.value.trim() && field.localName === "textarea";
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

function say(form, words) {
  const note = form.querySelector("[data-kept]");
  if (note) note.textContent = words;
}

const clock = () =>
  new Date().toLocaleTimeString(document.documentElement.lang, { hour: "numeric", minute: "2-digit" });

function keep(form) {
  const key = PREFIX + form.dataset.keep;
  const note = form.querySelector("[data-kept]");
  const kept = store((storage) => storage.getItem(key));
  if (kept && restore(form, JSON.parse(kept))) {
    say(form, note?.dataset.restoredWords ?? "");
    form.dispatchEvent(new CustomEvent("kept-restored", { bubbles: true }));
  }
  let timer = 0;
  const save = () => {
    clearTimeout(timer);
    if (fields(form).every(isDefault) && !store((storage) => storage.getItem(key))) return;
    store((storage) => storage.setItem(key, JSON.stringify(read(form))));
    say(form, (note?.dataset.keptWords ?? "").replace("{time}", clock()));
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  });
  window.addEventListener("pagehide", () => timer && save());
  form.addEventListener("submit", (event) => {
    save();
    if (navigator.onLine) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    say(form, note?.dataset.offlineWords ?? "");
  });
}

for (const done of document.querySelectorAll("[data-keep-clear]")) clear(done.dataset.keepClear);
for (const form of document.querySelectorAll("form[data-keep]")) keep(form);

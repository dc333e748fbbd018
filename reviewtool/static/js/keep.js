/* Half-written words survive a closed browser, a lost network, an expired session, a second tab.
   form[data-keep="LINK:FORM"] keeps its fields in localStorage under that key, and puts them back
   where the server gave nothing; the forms behind a personal link are kept on the server too (unsent.js), and
   sent by script (sending.js). The server says when the device's copy can go: any element with
   data-keep-clear="LINK:FORM", or "LINK:*" for all of a link ("ready", "not me"). */
import { fields, isDefault, read, restore, settle } from "./fields.js";
import { isNetwork } from "./patience.js";
import { sendPatiently } from "./sending.js";
import { keepPrivately } from "./unsent.js";

const PREFIX = "reviewtool:keep:";
const PAUSE = 400;
const cameBack = performance.getEntriesByType("navigation")[0]?.type === "back_forward";

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

/** What a device keeps of one form: { values, mark, saved, at, other }. */
function parse(kept) {
  const found = kept && JSON.parse(kept);
  return Array.isArray(found) ? { values: found } : found;
}

const clock = () =>
  new Date().toLocaleTimeString(document.documentElement.lang, { hour: "numeric", minute: "2-digit" });

function keep(form) {
  const key = PREFIX + form.dataset.keep;
  const note = form.querySelector("[data-kept]");
  const say = (words) => {
    if (note) note.textContent = words ?? "";
  };
  const put = (values, mark, saved) =>
    store((storage) => storage.setItem(key, JSON.stringify({ values, mark, saved, at: Date.now(), other: server?.other })));
  const hear = (words) => {
    note?.setAttribute("role", "status");
    say(words);
  };
  const server = keepPrivately(form, { put, say, hear });
  let timer = 0;

  form.addEventListener("kept-restored", () => {
    for (let fold = form.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  });

  const record = parse(store((storage) => storage.getItem(key)));
  const wanted = server ? server.begin(record) : Boolean(record);
  if (wanted && restore(form, record.values)) {
    say(note?.dataset.restoredWords);
    form.dispatchEvent(new CustomEvent("kept-restored", { bubbles: true }));
  } else if (record && !wanted && !server.mark) {
    clear(form.dataset.keep);
  }

  const save = () => {
    clearTimeout(timer);
    timer = 0;
    if (fields(form).every(isDefault) && !store((storage) => storage.getItem(key))) return;
    put(read(form), server?.mark ?? "", false);
    say((note?.dataset.keptWords ?? "").replace("{time}", clock()));
  };

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
    server?.typed();
  });
  /* what stands in the form is where it began: its writer has thrown the rest away */
  form.addEventListener("keep-forget", () => {
    clearTimeout(timer);
    timer = 0;
    clear(form.dataset.keep);
    server?.typed();
    say("");
  });
  window.addEventListener("pagehide", () => timer && save());
  window.addEventListener("pageshow", () => {
    server?.go_on();
    // What a browser fills in on the way back, and this device doesn't keep, has been sent.
    const forgotten = store((storage) => storage.getItem(key) === null) && !timer;
    if (server && cameBack && forgotten) form.reset();
  });
  window.addEventListener("storage", (event) => {
    if (event.key === key) server?.elsewhere(parse(event.newValue));
  });

  if (server) {
    const tell = (name) => hear(note?.dataset[name]);
    const before = () => {
      server.stop();
      save();
    };
    sendPatiently(form, tell, { before, after: () => server.go_on() });
    if ("saves" in form.dataset) form.addEventListener("change", () => saveAnswers(form, server, hear));
    return;
  }
  form.addEventListener("submit", (event) => {
    save();
    if (navigator.onLine) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    say(note?.dataset.offlineWords);
  });
}

/** Answers to questions are saved as they are given; what can't be stays as half-written words. */
async function saveAnswers(form, server, say) {
  if (form.dataset.sending || server.other) return;
  const body = new FormData(form);
  body.set("quiet", "1");
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
    if (!answer.headers.get("Content-Type")?.startsWith("application/json")) return;
    server.done();
    settle(form);
    clear(form.dataset.keep);
    say((await answer.json()).words);
  } catch (error) {
    if (!isNetwork(error)) throw error;
  }
}

history.scrollRestoration = "manual" === history.scrollRestoration ? "auto" : history.scrollRestoration;
for (const done of document.querySelectorAll("[data-keep-clear]")) clear(done.dataset.keepClear);
for (const form of document.querySelectorAll("form[data-keep]")) keep(form);
document.addEventListener("unfolded", (event) => {
  for (const form of event.target.querySelectorAll("form[data-keep]")) keep(form);
});

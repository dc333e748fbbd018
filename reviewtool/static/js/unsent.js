/* The private copy on the server of what is half written: kept a moment after the last key, offered
   back on another device, never overwritten without the person's choice. [data-offer="KEY"] stands
   before form[data-keep="KEY"], with what the server keeps (data-mark, data-fields). */
import { fields, isDefault, read, restore, sameWords, triples } from "./fields.js";
import { firstField } from "./focus.js";
import { isNetwork, makePatience } from "./patience.js";

const PAUSE = 1500;

/** device: { put(values, mark, saved), say(words), hear(words) }: the last also to who doesn't see it. Returns null where the form has no offer. */
export function keepPrivately(form, device) {
  const offer = document.querySelector(`[data-offer="${CSS.escape(form.dataset.keep)}"]`);
  if (!offer) return null;
  const part = (name) => offer.querySelector(`[data-offer-${name}]`);
  const patience = makePatience();
  const given = "taken" in offer.dataset;
  let mark = "";
  let other = null; // words of another tab or device, until the person has chosen
  let dirty = false;
  let sending = false;
  let stopped = false;
  let timer = 0;

  const isWider = (kept) => Object.keys(kept).some((name) => kept[name] && !form.elements[name]);
  const isPristine = () => fields(form).every(isDefault);

  /* ---- the choice ---- */

  function show(theirs, both) {
    other = theirs;
    offer.hidden = false;
    part("both").hidden = !both;
    part("keep").hidden = !both;
    if (part("drop")) part("drop").hidden = both;
    if (both) for (const name of ["head", "take"]) part(name).textContent = part(name).dataset.otherWords;
    if (both) device.hear(part("head").textContent);
    if (theirs.at !== undefined) part("at").textContent = theirs.at;
    if (theirs.shown) part("words").replaceChildren(...theirs.shown.map(paragraph));
  }

  function paragraph(words) {
    const made = document.createElement("p");
    made.textContent = words;
    return made;
  }

  function hide() {
    other = null;
    offer.hidden = true;
  }

  function take() {
    const theirs = other;
    if (!given && theirs.wider) { // the form has too few rows for them: the server shows more
      device.put(theirs.values, theirs.mark, true);
      location.assign(part("take").href);
      return;
    }
    hide();
    mark = theirs.mark;
    dirty = false;
    restore(form, theirs.values, true);
    device.put(read(form), mark, true);
    form.dispatchEvent(new CustomEvent("kept-restored", { bubbles: true }));
  }

  part("take").addEventListener("click", (event) => {
    event.preventDefault();
    take();
    firstField(form)?.focus();
  });
  part("keep").addEventListener("click", () => {
    mark = other.mark;
    hide();
    dirty = true;
    send();
    firstField(form)?.focus();
  });

  /* ---- keeping ---- */

  function body() {
    const all = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") all.append(name, value);
    if (!given && isPristine()) for (const field of fields(form)) if (field.type !== "hidden") all.delete(field.name);
    all.set("mark", mark);
    return all;
  }

  function heed(status, told) {
    if (status === 409) {
      const values = triples(form, told.fields);
      if (sameWords(form, values, read(form))) mark = told.mark;
      else show({ mark: told.mark, values, at: told.at, shown: told.shown, wider: isWider(told.fields) }, true);
    } else if (status === 200) {
      mark = told.mark;
      if (mark && !dirty) device.put(read(form), mark, true);
      if (told.words) device.say(told.words);
    }
  }

  async function send() {
    clearTimeout(timer);
    if (sending || stopped || other || !dirty) return;
    sending = true;
    dirty = false;
    try {
      const answer = await fetch(offer.dataset.url, {
        method: "POST",
        body: body(),
        headers: { Accept: "application/json" },
        credentials: "same-origin",
        keepalive: document.visibilityState === "hidden",
      });
      if (answer.status >= 500) throw new TypeError(`answer ${answer.status}`);
      const isData = answer.headers.get("Content-Type")?.startsWith("application/json");
      if (isData) heed(answer.status, await answer.json()); // else: the device keeps it
      patience.rested();
    } catch (error) {
      if (!isNetwork(error)) throw error;
      dirty = true;
      patience.wait().then(send);
    } finally {
      sending = false;
    }
    if (dirty && !patience.tries) timer = setTimeout(send, PAUSE);
  }

  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && send());

  return {
    get mark() {
      return mark;
    },
    get other() {
      return other;
    },
    /** Begin from what this device kept (record or null); true where that is to be put back. */
    begin(record) {
      const { fields: kept } = offer.dataset;
      const theirs = kept && { mark: offer.dataset.mark, values: triples(form, JSON.parse(kept)) };
      mark = record?.mark ?? "";
      if (theirs && given) {
        other = theirs;
        take();
        return false;
      }
      if (!theirs) {
        // What arrived while this page was on its way isn't on it yet: it is there all the same.
        if (record?.saved && mark && !(record.at > performance.timeOrigin)) {
          mark = ""; // sent or discarded elsewhere meanwhile
          return false;
        }
        dirty = Boolean(record) && !record.saved;
      } else if (!record) {
        show(theirs, false);
      } else if (record.mark === theirs.mark || sameWords(form, record.values, theirs.values)) {
        mark = theirs.mark;
        dirty = !record.saved;
        hide();
      } else {
        show(theirs, true);
      }
      if (dirty) timer = setTimeout(send, PAUSE);
      return Boolean(record);
    },
    /** Another tab of this device wrote on (record), or is done (null). */
    elsewhere(record) {
      if (!record) {
        if (other) hide();
        return;
      }
      if (sameWords(form, record.values, read(form))) mark = record.mark || mark;
      else {
        const wider = isWider(Object.fromEntries(record.values));
        show({ mark: record.mark, values: record.values, shown: words(record.values), at: "", wider }, !isPristine());
      }
    },
    typed() {
      dirty = true;
      clearTimeout(timer);
      if (other && !isPristine()) show(other, true);
      timer = setTimeout(send, PAUSE);
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
    go_on() {
      stopped = false;
    },
    /** All that stands in the form has arrived where it belongs: nothing is half written. */
    done() {
      mark = "";
      dirty = false;
      clearTimeout(timer);
    },
  };

  function words(values) {
    const hidden = new Set(fields(form).filter((field) => field.type === "hidden").map((field) => field.name));
    return values.filter(([name, value, tick]) => !hidden.has(name) && tick === undefined && value.trim()).map((each) => each[1]);
  }
}

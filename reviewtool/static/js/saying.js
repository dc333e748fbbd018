/* The one form[data-say-form] about marked words: beside them, in a sheet from below, or, for other
   words, in their place in the text (inplace.js). What was begun and left stays at its passage
   (template[data-left]) until it is gone on with or discarded. */
import { firstField, stand } from "./focus.js";
import { makePlace } from "./inplace.js";
import { linesOf, passageOf, rangeOf, wordsOf } from "./passages.js";

const PLACE = ["after", "start_block", "start_offset", "end_block", "end_offset", "quote"];
const narrow = window.matchMedia("(max-width: 63.99rem)");
const plain = (words) => words.split(/\s+/).filter(Boolean).join(" ");

/** on: { choose(passage or null), tell(words) }. Returns { speak(kind, passage, words), isOpen() }. */
export function makeSaying(root, form, on) {
  const place = makePlace(root, form);
  const replacement = form.querySelector("[data-replacement]");
  const first = form.querySelector("[data-first]");
  const left = document.querySelector("template[data-left]");
  const field = (name) => form.elements[name];
  const home = { parent: form.parentNode, next: form.nextSibling };
  let passage = null;
  let note = null;

  const kind = () => form.querySelector("[name='kind']:checked")?.value;
  const isChange = () => plain(replacement.value) !== plain(field("quote").value);
  const isBegun = () => Boolean(field("start_block").value || field("after").value);
  /** Other words were written: nothing else may take their place. */
  const holds = () => isBegun() && kind() === "suggestion" && isChange();
  const isWritten = () =>
    holds() || [...form.querySelectorAll("textarea:not([data-replacement]), input[type='text']")].some((each) => each.value.trim());
  const isHere = (other) =>
    PLACE.every((name) => name === "quote" || field(name).value === String(other[name] ?? ""));

  /* ---- where it stands ---- */

  function reset() {
    place.close();
    document.querySelector(".margin.placed")?.dispatchEvent(new CustomEvent("margin-close"));
    form.hidden = true;
    form.classList.remove("sheet", "beside");
    form.style.insetBlockStart = "";
    document.body.classList.remove("has-sheet");
    if (form.parentNode !== home.parent) home.parent.insertBefore(form, home.next);
    note?.remove();
    note = null;
    first.hidden = true;
    mistaken({});
  }

  function inPlace() {
    place.open(passage);
    const written = replacement.value;
    replacement.defaultValue = passage.after ? "" : wordsOf(root, passage.range);
    replacement.value = written;
    form.setAttribute("aria-label", form.dataset.inPlace);
    on.choose(null);
  }

  function aside() {
    form.hidden = false;
    form.setAttribute("aria-label", form.dataset.about);
    form.classList.toggle("sheet", narrow.matches);
    document.body.classList.toggle("has-sheet", narrow.matches);
    if (narrow.matches) document.body.append(form);
    else beside();
  }

  /** In the margin, at the height of the passage; under the text where there is no margin. */
  function beside() {
    const margin = document.querySelector(".margin.placed");
    if (!margin) return;
    form.classList.add("beside");
    margin.dispatchEvent(new CustomEvent("margin-open", { detail: { element: form, range: passage.range } }));
  }

  function keepInSight() {
    const rect = passage.range.getBoundingClientRect();
    const room = window.innerHeight - form.offsetHeight;
    if (rect.bottom > room || rect.top < 0) {
      window.scrollBy({ top: rect.top - Math.max((room - rect.height) / 2, 16) });
    }
  }

  /** The form is seen whole, if its passage can be seen with it; nothing moves more than it must. */
  function bringIntoSight() {
    const box = form.getBoundingClientRect();
    const top = form.matches(".beside") ? Math.min(passage.range.getBoundingClientRect().top, box.top) : box.top;
    const below = box.bottom + 16 - window.innerHeight;
    if (below > 0) window.scrollBy({ top: Math.max(Math.min(below, top - 16), 0) });
  }

  /* ---- what it is about ---- */

  /** After which words new text is to stand; a suggestion in its place asks no kind. */
  function label() {
    form.querySelector("[data-quote] q").textContent = field("quote").value;
    const line = field("after").value && root.querySelector(`[data-n="${field("after").value}"]`);
    form.querySelector("[data-after-words]").hidden = !line;
    form.querySelector("[data-adding]").hidden = !line;
    form.querySelector("[data-changing]").hidden = Boolean(line);
    if (!line) return;
    const words = wordsOf(root, rangeOf(root, line));
    form.querySelector("[data-after-words] q").textContent = `…${words.slice(-60).replace(/^\S*\s/, "")}`;
  }

  function show() {
    if (kind() === "suggestion") inPlace();
    else aside();
    form.dispatchEvent(new CustomEvent("say-open", { bubbles: true, detail: passage }));
  }

  function speak(wanted, next, words = "") {
    const kept = holds();
    reset();
    if (kept && !(wanted === "suggestion" && isHere(next))) {
      goOn();
      first.hidden = false;
      return;
    }
    passage = next;
    for (const name of PLACE) field(name).value = passage[name] ?? "";
    const choice = form.querySelector(`[type="radio"][value="${wanted}"]`);
    if (choice) choice.checked = true;
    if (!kept) replacement.value = passage.after ? "" : wordsOf(root, passage.range);
    label();
    show();
    if (words && !field("words").value.trim()) {
      field("words").value = words;
      field("words").dispatchEvent(new Event("input", { bubbles: true }));
    }
    attend();
  }

  function attend() {
    if (place.isOpen()) {
      on.tell(form.dataset.opened);
      place.focus();
      return;
    }
    on.tell(form.dataset.openedAside);
    firstField(form).focus({ preventScroll: true });
    if (narrow.matches) keepInSight();
    else bringIntoSight();
  }

  /** The passage that the form's fields name, where this is the text that they were filled on. */
  function named() {
    if (root.dataset.revision !== field("revision").value) return null;
    const line = field("after").value && root.querySelector(`[data-n="${field("after").value}"]`);
    const range = line ? rangeOf(root, line) : rangeOf(root, Object.fromEntries(PLACE.map((name) => [name, field(name).value])));
    const found = range && passageOf(root, range);
    if (!found) return null;
    if (line) return { range: found.range, after: field("after").value };
    return plain(found.quote) === plain(field("quote").value) ? found : null;
  }

  /** Words that had been begun about a passage: the form opens where it stands. */
  function reopen() {
    reset();
    if (!isBegun() || (kind() === "suggestion" && !isWritten())) return;
    passage = named();
    label();
    if (passage && kind() === "suggestion") show();
    else form.hidden = false;
  }

  function goOn() {
    passage = named() ?? passage;
    label();
    show();
    attend();
  }

  /* ---- leaving it ---- */

  function close() {
    const back = passage && linesOf(root, passage.range)[0];
    reset();
    on.choose(null);
    if (back && isWritten()) leave(back);
    on.tell(note?.querySelector("span").textContent.trim() ?? form.dataset.closed);
    stand(back ?? root);
  }

  /** What was written stays, and says so at its passage. */
  function leave(line) {
    note = left.content.firstElementChild.cloneNode(true);
    note.querySelector("[data-go-on]").addEventListener("click", () => {
      reset();
      goOn();
    });
    note.querySelector("[data-drop]").addEventListener("click", () => {
      for (const each of form.elements) {
        if (each.type === "checkbox") each.checked = each.defaultChecked;
        else if (each.localName === "textarea" || each.type === "text") each.value = each.defaultValue;
      }
      form.dispatchEvent(new CustomEvent("keep-forget"));
      reset();
      on.tell(form.dataset.discarded);
      stand(line);
    });
    (line.closest("figure") ?? line).after(note);
  }

  /* ---- what can't be sent ---- */

  /** Say at the fields why not; true where each has its place here. */
  function mistaken(errors) {
    for (const error of form.querySelectorAll("[data-error]")) {
      const words = errors[error.dataset.error];
      error.hidden = !words;
      error.querySelector("[data-error-words]").textContent = words ?? "";
      if (words) field(error.dataset.error).setAttribute("aria-invalid", "true");
      else field(error.dataset.error).removeAttribute("aria-invalid");
    }
    return Object.keys(errors).every((name) => form.querySelector(`[data-error="${name}"]:not([hidden])`));
  }

  form.addEventListener("say-refused", (event) => {
    if (form.hidden || !mistaken(event.detail)) return;
    event.preventDefault();
    form.querySelector("[aria-invalid]")?.focus();
  });
  form.addEventListener("input", (event) => {
    const error = form.querySelector(`[data-error="${event.target.name}"]:not([hidden])`);
    if (error) mistaken({});
  });
  form.addEventListener("change", (event) => {
    if (event.target.name !== "kind" || place.isOpen() || !passage || kind() !== "suggestion") return;
    speak("suggestion", passage);
  });
  form.querySelector("[data-say-cancel]")?.addEventListener("click", close);
  form.addEventListener("keydown", (event) => event.key === "Escape" && close());
  form.addEventListener("kept-restored", reopen);
  reopen(); // what this device kept was put back before
  return { speak, isOpen: () => !form.hidden };
}

/* Marking a passage by mouse, touch or keyboard, and speaking about it: the toolbar beside marked
   words, and form[data-say-form] with the hidden fields start_block, start_offset, end_block,
   end_offset (see passages.js) and quote. The live selection is drawn by the Custom Highlight API. */
import { passageOf } from "./passages.js";
import { makeStepping } from "./stepping.js";

const root = document.querySelector("[data-passages]");
const tools = document.querySelector("template[data-selection-tools]");
const form = document.querySelector("form[data-say-form]");
const status = document.querySelector("[data-mark-status]");
const narrow = window.matchMedia("(max-width: 63.99rem)");
const highlight = "highlights" in CSS ? new Highlight() : null;
let passage = null;
let bar = null;
let stepping = null;

function choose(next) {
  passage = next;
  highlight?.clear();
  if (next) highlight?.add(next.range);
}

/* ---- the toolbar --------------------------------------------------------------------------- */

function hideBar() {
  bar?.remove();
  bar = null;
}

function showBar() {
  hideBar();
  bar = tools.content.firstElementChild.cloneNode(true);
  bar.addEventListener("mousedown", (event) => event.preventDefault());
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("[data-act]");
    if (button?.dataset.words) agree(button.dataset.words);
    else if (button) speak(button.dataset.act);
  });
  bar.addEventListener("keydown", roam);
  root.after(bar);
  if (narrow.matches) {
    bar.classList.add("at-foot");
    return;
  }
  const rects = [...passage.range.getClientRects()];
  const margin = document.querySelector(".reader-margin");
  if (margin) {
    bar.classList.add("at-side");
    put(margin.getBoundingClientRect().left, rects[0].top);
  } else {
    const left = Math.min(rects.at(-1).left, document.documentElement.clientWidth - bar.offsetWidth - 8);
    put(Math.max(left, 8), rects.at(-1).bottom + 8);
  }
}

/** Beside the text where there is a margin: what is being read is never covered. */
function put(left, top) {
  const home = bar.offsetParent?.getBoundingClientRect() ?? { left: 0, top: 0 };
  bar.style.insetInlineStart = `${left - home.left}px`;
  bar.style.insetBlockStart = `${top - home.top}px`;
}

function roam(event) {
  const buttons = [...bar.querySelectorAll("button")];
  const at = buttons.indexOf(document.activeElement);
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (event.key === "Escape") {
    hideBar();
    choose(null);
    root.focus({ preventScroll: true });
  } else if (step) {
    buttons[(at + step + buttons.length) % buttons.length].focus();
  } else {
    return;
  }
  event.preventDefault();
}

let timer = 0;
document.addEventListener("selectionchange", () => {
  clearTimeout(timer);
  timer = setTimeout(() => {
    const selection = window.getSelection();
    if (stepping?.active() || !selection.rangeCount || !root.contains(selection.anchorNode)) return;
    if (selection.isCollapsed) {
      hideBar();
      if (!isOpen()) choose(null);
      return;
    }
    const found = passageOf(root, selection.getRangeAt(0));
    if (!found) return;
    choose(found);
    showBar();
  }, 250);
});

/* ---- speaking ------------------------------------------------------------------------------ */

const isOpen = () => form && !form.hidden;
let home = null;

function speak(kind) {
  if (!form || !passage) return;
  for (const name of ["after", "start_block", "start_offset", "end_block", "end_offset", "quote"]) {
    form.elements[name].value = passage[name] ?? "";
  }
  adding();
  const choice = form.querySelector(`[type="radio"][value="${kind}"]`);
  if (choice) choice.checked = true;
  form.querySelector("[data-quote] q").textContent = passage.quote ?? "";
  const replacement = form.querySelector("[data-replacement]");
  if (replacement) replacement.value = passage.quote ?? "";
  hideBar();
  window.getSelection().removeAllRanges();
  home ??= { parent: form.parentNode, next: form.nextSibling };
  form.hidden = false;
  form.classList.toggle("sheet", narrow.matches);
  document.body.classList.toggle("has-sheet", narrow.matches);
  if (narrow.matches) document.body.append(form);
  else beside();
  form.dispatchEvent(new CustomEvent("say-open", { bubbles: true, detail: passage }));
  const field = kind === "suggestion" && replacement ? replacement : form.querySelector("textarea:not([data-replacement])");
  field?.focus({ preventScroll: true });
  if (narrow.matches) keepInSight();
  else bringIntoSight();
}

/** A comment with its words already there, to send or to go on with; never over one's own. */
function agree(words) {
  speak("comment");
  const field = form?.elements.words;
  if (!field || field.value.trim()) return;
  field.value = words;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** New text between paragraphs is only proposed: the form says after which words, and asks no kind. */
function adding() {
  const line = form.elements.after.value && root.querySelector(`[data-n="${form.elements.after.value}"]`);
  const place = form.querySelector("[data-after-words]");
  place.hidden = !line;
  for (const part of form.querySelectorAll("[data-kinds], #say-replacement-hint")) part.hidden = Boolean(line);
  if (!line) return;
  const range = document.createRange();
  range.selectNodeContents(line);
  place.querySelector("q").textContent = `…${passageOf(root, range).quote.slice(-60).replace(/^\S*\s/, "")}`;
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

/** Words that had been begun about a passage: the form opens where it stands. */
function reopen() {
  if (!form.elements.start_block?.value && !form.elements.after.value) return;
  adding();
  form.querySelector("[data-quote] q").textContent = form.elements.quote.value;
  form.hidden = false;
}

function close() {
  document.querySelector(".margin.placed")?.dispatchEvent(new CustomEvent("margin-close"));
  form.hidden = true;
  form.classList.remove("sheet", "beside");
  form.style.insetBlockStart = "";
  document.body.classList.remove("has-sheet");
  home?.parent.insertBefore(form, home.next);
  choose(null);
  root.focus({ preventScroll: true });
}

if (root && tools) {
  root.tabIndex = -1;
  if (highlight) CSS.highlights.set("passage", highlight);
  const button = document.querySelector("[data-mark-keys]");
  if (button) {
    button.hidden = false;
    stepping = makeStepping(root, tools.dataset.help, {
      chosen(next) {
        choose(next);
        status.textContent = `${tools.dataset.marked} ${next.quote}`;
      },
      act() {
        showBar();
        bar.querySelector("button").focus();
      },
      gone: () => choose(null),
    });
    button.addEventListener("click", stepping.begin);
  }
  form?.querySelector("[data-say-cancel]")?.addEventListener("click", close);
  form?.addEventListener("kept-restored", reopen);
  if (form) reopen(); // what this device kept was put back before
  form?.addEventListener("keydown", (event) => event.key === "Escape" && close());
  /* a whole paragraph, from its own control */
  root.addEventListener("click", (event) => {
    const say = event.target.closest("[data-say-line], [data-say-after]");
    if (!say || !form) return;
    const { sayLine, sayAfter } = say.dataset;
    const range = document.createRange();
    range.selectNodeContents(root.querySelector(`[data-n="${sayLine ?? sayAfter}"]`));
    event.preventDefault();
    const whole = passageOf(root, range);
    if (!whole) return;
    if (sayAfter) {
      choose(null);
      passage = { range: whole.range, after: sayAfter };
    } else choose(whole);
    speak(sayAfter ? "suggestion" : "comment");
  });
}

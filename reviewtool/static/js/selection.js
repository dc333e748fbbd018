/* Marking a passage by mouse, touch or keyboard: the toolbar beside marked words, which leads to
   form[data-say-form] (saying.js) with the hidden fields start_block, start_offset, end_block,
   end_offset (see passages.js) and quote. The live selection is drawn by the Custom Highlight API. */
import { stand } from "./focus.js";
import { linesOf, passageOf } from "./passages.js";
import { makeSaying } from "./saying.js";
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
let saying = null;

/** Heard by who can't see it. */
function tell(words) {
  status.textContent = words;
}

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
    if (!button || !passage) return;
    hideBar();
    window.getSelection().removeAllRanges();
    /* agreeing: a comment with its words already there, to send or to go on with */
    saying?.speak(button.dataset.words ? "comment" : button.dataset.act, passage, button.dataset.words);
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

/** Nothing is marked any more: words that stay selected would be dragged at the next press. */
function letGo() {
  hideBar();
  if (passage) tell(tools.dataset.gone);
  choose(null);
  window.getSelection().removeAllRanges();
}

/** The same, and on from the words that were marked. */
function goBack() {
  const [line] = linesOf(root, passage.range);
  letGo();
  stand(line);
}

function roam(event) {
  const buttons = [...bar.querySelectorAll("button")];
  const at = buttons.indexOf(document.activeElement);
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (event.key === "Escape") {
    goBack();
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
    if (form?.contains(selection.anchorNode)) return; // it may stand in the text
    if (selection.isCollapsed) {
      hideBar();
      if (!saying?.isOpen()) choose(null);
      return;
    }
    const found = passageOf(root, selection.getRangeAt(0));
    if (!found) return;
    choose(found);
    tell(`${tools.dataset.marked} ${found.quote}`);
    showBar();
  }, 250);
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && bar && !bar.contains(document.activeElement)) letGo();
});

if (root && tools) {
  root.tabIndex = -1;
  if (highlight) CSS.highlights.set("passage", highlight);
  const button = document.querySelector("[data-mark-keys]");
  if (button) {
    button.hidden = false;
    stepping = makeStepping(root, tools.dataset.help, {
      chosen(next) {
        choose(next);
        tell(`${tools.dataset.marked} ${next.quote}`);
      },
      act() {
        showBar();
        bar.querySelector("button").focus();
      },
      gone: goBack,
    });
    button.addEventListener("click", () => {
      letGo();
      stepping.begin();
    });
  }
  if (form) saying = makeSaying(root, form, { choose, tell });
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
    hideBar();
    choose(sayAfter ? null : whole);
    if (sayAfter) saying.speak("suggestion", { range: whole.range, after: sayAfter });
    else saying.speak("comment", whole);
  });
}

/* Words marked in the text beside a form of notes are taken into the note that one is writing. */
import { passageOf } from "./passages.js";

const text = document.querySelector("[data-passages][data-section]");
const bar = document.querySelector("[data-marked]");
const notes = [...document.querySelectorAll("[data-note]")];
let passage = null;
let chosen = null;
let timer = 0;

/** The note that was written in last, or else the first without words of the text. */
function target() {
  const free = notes.find((note) => !note.querySelector("[name$='-quote']").value && !note.querySelector("[name$='-words']").value);
  return chosen ?? free ?? notes.at(-1);
}

function show() {
  const selection = window.getSelection();
  const inside = selection.rangeCount && text.contains(selection.anchorNode) && !selection.isCollapsed;
  passage = inside ? passageOf(text, selection.getRangeAt(0)) : passage;
  if (!passage) return;
  bar.hidden = false;
  bar.querySelector("q").textContent = passage.quote.length > 120 ? `${passage.quote.slice(0, 120)}…` : passage.quote;
  bar.querySelector("button span").textContent = target().dataset.note;
}

function take() {
  const note = target();
  note.querySelector("[name$='-section']").value = text.dataset.section;
  const number = note.querySelector("[name$='-at']");
  const oneLine = passage.start_block === passage.end_block;
  if (number) number.value = text.dataset.number && oneLine ? `${text.dataset.number}.${passage.start_block}` : "";
  const quote = note.querySelector("[name$='-quote']");
  quote.value = passage.quote;
  quote.dispatchEvent(new Event("input", { bubbles: true }));
  passage = null;
  bar.hidden = true;
  note.querySelector("textarea").focus();
}

document.addEventListener("selectionchange", () => {
  clearTimeout(timer);
  timer = setTimeout(show, 250);
});
for (const note of notes) note.addEventListener("focusin", () => (chosen = note));
bar.querySelector("button").addEventListener("mousedown", (event) => event.preventDefault());
bar.querySelector("button").addEventListener("click", take);

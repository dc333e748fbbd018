/* Other words in place: the paragraphs of a passage open where they stand. The form stands in the text,
   between the words before the passage and those after it; the paragraphs themselves stay in the page,
   out of sight, and come back as they were. [data-around="before"|"after"] inside the form are filled. */
import { linesOf } from "./passages.js";

const GAP = 16;

/** The outermost element that holds lines of the passage only, and not the first of them. */
function whole(line, lines, first) {
  let found = line;
  for (let up = line.parentElement; up && !up.contains(first); up = up.parentElement) {
    if (![...up.querySelectorAll("[data-n]")].every((each) => lines.includes(each))) break;
    found = up;
  }
  return found;
}

/** The words from one point of the text to another, as they look: no links to what was said. */
function copied(startNode, startOffset, endNode, endOffset) {
  const range = document.createRange();
  range.setStart(startNode, startOffset);
  range.setEnd(endNode, endOffset);
  const words = range.cloneContents();
  for (const aside of words.querySelectorAll("[data-aside]")) aside.remove();
  for (const each of words.querySelectorAll("*")) for (const name of ["id", "data-n"]) each.removeAttribute(name);
  return words.textContent.trim() ? words : document.createDocumentFragment();
}

function grow(field) {
  if (CSS.supports("field-sizing", "content")) return;
  field.style.blockSize = "auto";
  field.style.blockSize = `${field.scrollHeight + 2}px`;
}

/** Moves no more than it must, and never so far that the field's beginning is out of sight. */
function bringIntoSight(field) {
  const view = window.visualViewport;
  const box = field.getBoundingClientRect();
  const bottom = (view?.height ?? window.innerHeight) - GAP;
  if (box.top < GAP) window.scrollBy({ top: box.top - GAP });
  else if (box.bottom > bottom) window.scrollBy({ top: Math.min(box.bottom - bottom, box.top - GAP) });
}

export function makePlace(root, form) {
  const field = form.querySelector("[data-replacement]");
  const around = (side) => form.querySelector(`[data-around="${side}"]`);
  let opened = [];
  let home = null;

  function fill(passage, lines) {
    const { startContainer, startOffset, endContainer, endOffset } = passage.range;
    const last = lines.at(-1);
    around("before").replaceChildren(copied(lines[0], 0, startContainer, startOffset));
    around("after").replaceChildren(copied(endContainer, endOffset, last, last.childNodes.length));
  }

  const follow = () => document.activeElement === field && bringIntoSight(field);
  field.addEventListener("input", () => grow(field));

  return {
    isOpen: () => Boolean(home),

    /** Open the form at a passage, or after the line of passage.after. */
    open(passage) {
      this.close();
      const lines = linesOf(root, passage.range);
      const first = lines[0];
      const figure = first.closest("figure");
      first.closest("details")?.setAttribute("open", "");
      for (const side of ["before", "after"]) around(side).replaceChildren();
      home = { parent: form.parentNode, next: form.nextSibling };
      if (!passage.after && !figure) {
        fill(passage, lines);
        opened = lines.map((line) => whole(line, lines, first));
      }
      for (const side of ["before", "after"]) around(side).hidden = !around(side).hasChildNodes();
      (figure ?? first).after(form);
      for (const each of opened) each.classList.add("opened");
      form.dataset.place = first.localName;
      form.classList.add("in-place");
      form.hidden = false;
      grow(field);
      window.visualViewport?.addEventListener("resize", follow);
      return first;
    },

    /** Put the form back where it waits; the text stands as before. */
    close() {
      if (!home) return;
      for (const each of opened) {
        each.classList.remove("opened");
        if (!each.className) each.removeAttribute("class");
      }
      opened = [];
      form.classList.remove("in-place");
      delete form.dataset.place;
      form.hidden = true;
      home.parent.insertBefore(form, home.next);
      home = null;
      window.visualViewport?.removeEventListener("resize", follow);
    },

    focus() {
      field.focus({ preventScroll: true });
      bringIntoSight(field);
    },
  };
}

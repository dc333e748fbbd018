/* Marking a passage with the keyboard: by paragraph (up, down), by sentence (left, right), Shift
   extends, Enter acts, Escape ends. The text is an "application" only while it is stepped through,
   so that screen readers hand the arrow keys over and take them back. */
import { passageOf, sentences } from "./passages.js";

/**
 * @param root the text; @param help words for its label meanwhile
 * @param on   {chosen(passage), act(), gone()}
 * @returns    {begin(), active()}
 */
export function makeStepping(root, help, on) {
  let stepping = null;

  function stepTo(focus, extend) {
    stepping.focus = focus;
    if (!extend) stepping.anchor = focus;
    const [first, last] = [stepping.anchor, focus].sort((a, b) => a - b);
    const range = document.createRange();
    range.setStart(stepping.all[first].range.startContainer, stepping.all[first].range.startOffset);
    range.setEnd(stepping.all[last].range.endContainer, stepping.all[last].range.endOffset);
    for (const at of [first, last]) stepping.all[at].line.closest("details")?.setAttribute("open", "");
    on.chosen(passageOf(root, range));
    stepping.all[focus].line.scrollIntoView({ block: "nearest" });
  }

  /** Index of the first sentence of the paragraph before or after. */
  function paragraphFrom(index, step) {
    const { all } = stepping;
    let at = index;
    while (all[at]?.line === all[index].line) at += step;
    if (!all[at]) return index;
    while (step < 0 && all[at - 1]?.line === all[at].line) at -= 1;
    return at;
  }

  /** Extending down takes the paragraph whole. */
  function endOfParagraph(index) {
    const { all } = stepping;
    let at = index;
    while (all[at + 1]?.line === all[index].line) at += 1;
    return at;
  }

  function stepKeys(event) {
    const { all, focus } = stepping;
    const extend = event.shiftKey;
    if (event.key === "ArrowRight") stepTo(Math.min(focus + 1, all.length - 1), extend);
    else if (event.key === "ArrowLeft") stepTo(Math.max(focus - 1, 0), extend);
    else if (event.key === "ArrowDown") {
      const end = endOfParagraph(focus);
      stepTo(extend && end > focus ? end : extend ? endOfParagraph(paragraphFrom(focus, 1)) : paragraphFrom(focus, 1), extend);
    } else if (event.key === "ArrowUp") stepTo(paragraphFrom(focus, -1), extend);
    else if (event.key === "Enter") {
      endStepping();
      on.act();
    } else if (event.key === "Escape") {
      endStepping();
      on.gone();
    } else return;
    event.preventDefault();
  }

  function beginStepping() {
    const all = sentences(root);
    if (!all.length) return;
    stepping = { all, anchor: 0, focus: 0 };
    root.setAttribute("role", "application");
    root.setAttribute("aria-label", help);
    root.classList.add("stepping");
    root.focus({ preventScroll: true });
    const seen = all.findIndex(({ range }) => range.getBoundingClientRect().top > 80);
    stepTo(Math.max(seen, 0), false);
  }

  function endStepping() {
    stepping = null;
    root.removeAttribute("role");
    root.removeAttribute("aria-label");
    root.classList.remove("stepping");
  }

  root.addEventListener("keydown", (event) => stepping && stepKeys(event));
  root.addEventListener("focusout", () => stepping && endStepping());
  return { begin: beginStepping, active: () => Boolean(stepping) };
}

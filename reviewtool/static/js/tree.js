/* Moving a text by dragging it: before, after or under another one. The buttons of each row do the
   same by keyboard; what is dropped is sent by the same kind of form. */
const tree = document.querySelector("[data-tree]");
const form = document.querySelector("[data-tree-put]");
const MARKS = ["drop-before", "drop-after", "drop-under"];
const EDGE = 60;
let drag = null;

/** A row with all that stands beneath it. */
function family(row) {
  const rows = [row];
  let next = row.nextElementSibling;
  while (next && Number(next.dataset.depth) > Number(row.dataset.depth)) {
    rows.push(next);
    next = next.nextElementSibling;
  }
  return rows;
}

function unmark() {
  for (const row of tree.querySelectorAll(MARKS.map((mark) => `.${mark}`).join())) {
    row.classList.remove(...MARKS);
  }
}

/** Which row is pointed at, and whether its upper edge, lower edge or middle. */
function aim(event) {
  const row = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-section]");
  if (!row || drag.rows.includes(row)) return null;
  const { top, height } = row.getBoundingClientRect();
  const at = (event.clientY - top) / height;
  return { row, where: at < 0.3 ? "before" : at > 0.7 ? "after" : "under" };
}

function scrollNear(y) {
  if (y < EDGE) window.scrollBy(0, -12);
  else if (y > window.innerHeight - EDGE) window.scrollBy(0, 12);
}

function move(event) {
  scrollNear(event.clientY);
  unmark();
  drag.aim = aim(event);
  drag.aim?.row.classList.add(`drop-${drag.aim.where}`);
}

function end() {
  unmark();
  for (const row of drag.rows) row.classList.remove("dragged");
  document.body.classList.remove("tree-dragging");
  drag.handle.removeEventListener("pointermove", move);
  drag.handle.removeEventListener("pointerup", drop);
  drag.handle.removeEventListener("pointercancel", end);
  document.removeEventListener("keydown", cancel);
  drag = null;
}

function cancel(event) {
  if (event.key === "Escape") end();
}

function drop() {
  const { aim: found, rows } = drag;
  end();
  if (!found) return;
  form.elements.section.value = rows[0].dataset.section;
  form.elements.target.value = found.row.dataset.section;
  form.elements.where.value = found.where;
  form.requestSubmit();
}

function begin(event) {
  const handle = event.target.closest(".tree-handle");
  if (!handle || event.button !== 0) return;
  event.preventDefault();
  drag = { handle, rows: family(handle.closest("[data-section]")), aim: null };
  handle.setPointerCapture(event.pointerId);
  for (const row of drag.rows) row.classList.add("dragged");
  document.body.classList.add("tree-dragging");
  handle.addEventListener("pointermove", move);
  handle.addEventListener("pointerup", drop);
  handle.addEventListener("pointercancel", end);
  document.addEventListener("keydown", cancel);
}

if (tree && form) {
  tree.classList.add("tree-live");
  tree.addEventListener("pointerdown", begin);
}

/* What others have said where it is much: a fold holds a link to what is in it, a[data-load], which
   also leads there without script. When the fold is opened, or the link pressed, what it leads to
   takes its place, and "unfolded" says so (keep.js); where that fails, the link stays. */

async function load(link) {
  if (link.dataset.loading) return;
  link.dataset.loading = "1";
  link.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(link.dataset.load);
    if (!answer.ok) throw new Error(String(answer.status));
    const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = [...parsed.body.children];
    const focused = document.activeElement === link;
    link.parentElement.replaceWith(...found);
    for (const one of found) one.dispatchEvent(new CustomEvent("unfolded", { bubbles: true }));
    if (focused) found[0]?.focus({ preventScroll: true });
  } catch {
    delete link.dataset.loading;
    link.dataset.failed = "1"; // the next press leads there as any link does
    link.removeAttribute("aria-busy");
  }
}

document.addEventListener(
  "toggle",
  (event) => {
    const fold = event.target;
    if (!fold.matches?.("[data-fold]") || !fold.open) return;
    const link = fold.querySelector(":scope > p > a[data-load]");
    if (link && !fold.querySelector(":scope > .contribution")) load(link);
  },
  true,
);

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-load]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || link.dataset.failed) return;
  event.preventDefault();
  load(link);
});

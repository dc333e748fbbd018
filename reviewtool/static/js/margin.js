/* Contributions beside their passages. On wide screens each stands at the height of its passage,
   none over another; on narrow ones they unfold under it. Pointing at either lights both.
   .margin[data-margin] holds .contribution[data-passage="m-ID"], and where much was said
   details[data-fold][data-passage="m-ID"] of a paragraph (js/unfold.js fetches what is in it); in
   the text stand the target span#m-ID and mark[data-marks~="ID"] or "ID-2", "ID-3". */
const GAP = 16;
const MANY = 3;
const wide = window.matchMedia("(min-width: 64rem)");

const markId = (item) => item.dataset.passage?.replace(/^.*?m-/, "");
const target = (item) => item.dataset.passage && document.getElementById(item.dataset.passage);

/** A point of the reader's own statement: never counted among what has been said. */
const isDraft = (item) => item.matches(".draft");

/** How high words stand; those whose paragraph is open for editing, where it is open. */
function topOf(words) {
  const shown = words.closest?.(".opened") ? document.querySelector(".in-place") : null;
  return (shown ?? words).getBoundingClientRect().top;
}

/** Items of one passage together: [[item, …], …] in reading order, those without passage last. */
function grouped(items) {
  const groups = new Map();
  for (const item of items) {
    const key = target(item) ? item.dataset.passage : "";
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  const last = groups.get("") ?? [];
  groups.delete("");
  const placed = [...groups.values()].sort(([a], [b]) =>
    target(a).compareDocumentPosition(target(b)) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1,
  );
  return [placed, last];
}

function counted(margin, items) {
  if (items.every(isDraft)) {
    const { draft, drafts } = margin.dataset;
    return items.length === 1 ? draft : drafts.replace("{n}", String(items.length));
  }
  const count = items.reduce((sum, item) => sum + Number(item.dataset.fold ?? 1), 0);
  return count === 1 ? margin.dataset.one : margin.dataset.many.replace("{n}", String(count));
}

function folded(margin, items, className) {
  const fold = document.createElement("details");
  fold.className = `fold ${className}`;
  fold.lang = document.documentElement.lang; // in the text it would be read in the text's
  const summary = document.createElement("summary");
  summary.textContent = counted(margin, items);
  fold.append(summary, ...items);
  fold.open = items.some((item) => item.id && `#${item.id}` === location.hash);
  return fold;
}

/** A fold of the page's own, with one's own contributions before it: nothing to fold again. */
function together(items) {
  const element = document.createElement("div");
  element.className = "here stack";
  element.lang = document.documentElement.lang;
  element.append(...items);
  return element;
}

/** Narrow: all of a block together, after it. */
function unfoldUnder(margin, groups) {
  const blocks = new Map();
  for (const items of groups) {
    const block = target(items[0]).closest("figure, [data-start]") ?? target(items[0]);
    blocks.set(block, [...(blocks.get(block) ?? []), ...items]);
  }
  for (const [block, items] of blocks) {
    const drafts = items.filter(isDraft);
    const said = items.filter((item) => !isDraft(item));
    const much = said.some((item) => item.dataset.fold);
    if (drafts.length) block.after(folded(margin, drafts, "here"));
    if (said.length) block.after(much ? together(said) : folded(margin, said, "here"));
  }
}

/** Wide: stacks at their heights; the lit one exactly, the others give way. */
function place(margin, stacks, lit) {
  const origin = margin.getBoundingClientRect().top;
  const wanted = stacks.map((stack) => {
    const words = stack.range ?? target(stack.items[0]);
    return words ? Math.max(topOf(words) - origin, 0) : null;
  });
  const heights = stacks.map((stack) => stack.element.offsetHeight);
  const tops = [];
  let free = 0;
  stacks.forEach((stack, index) => {
    tops[index] = stack === lit ? wanted[index] : Math.max(wanted[index] ?? free, free);
    free = tops[index] + heights[index] + GAP;
  });
  for (let index = stacks.indexOf(lit) - 1; index >= 0; index -= 1) {
    tops[index] = Math.min(tops[index], tops[index + 1] - heights[index] - GAP);
  }
  /* what has no room above the lit one comes after it, and what follows makes room */
  const crowded = tops.filter((top) => top < 0).length;
  const at = stacks.indexOf(lit);
  if (crowded) {
    free = tops[at] + heights[at] + GAP;
    for (let index = 0; index < stacks.length; index += 1) {
      if (index >= crowded && index <= at) continue;
      tops[index] = index < at ? free : Math.max(tops[index], free);
      free = tops[index] + heights[index] + GAP;
    }
  }
  stacks.forEach((stack, index) => {
    stack.element.style.insetBlockStart = `${tops[index]}px`;
  });
  margin.style.blockSize = `${free}px`;
}

function withGuest(stacks, guest) {
  const top = guest.range.getBoundingClientRect().top;
  const before = (stack) => stack.items.length && target(stack.items[0]) && topOf(target(stack.items[0])) <= top;
  const at = stacks.filter(before).length;
  return stacks.toSpliced(at, 0, guest);
}

function start(margin) {
  const items = [
    ...margin.querySelectorAll(
      ":scope > .contribution, :scope > :not(details) > .contribution, :scope > [data-fold]",
    ),
  ];
  const order = [...margin.children];
  let stacks = [];
  let lit = null;
  let guest = null;
  const replace = () => wide.matches && place(margin, stacks, lit);

  const watch = new ResizeObserver(replace);

  /* what is moved to another place keeps the focus */
  const arrange = () => {
    const held = document.activeElement;
    rearrange();
    if (held !== document.activeElement) held.focus({ preventScroll: true });
  };

  const rearrange = () => {
    for (const fold of document.querySelectorAll(".here, details.many")) {
      fold.replaceWith();
    }
    margin.replaceChildren(...order);
    margin.classList.toggle("placed", wide.matches);
    margin.style.blockSize = "";
    const [groups, rest] = grouped(items);
    if (!wide.matches) {
      unfoldUnder(margin, groups);
      return;
    }
    stacks = [...groups, ...rest.map((item) => [item])].map((own) => {
      const element = own.length > MANY ? folded(margin, own, "many") : document.createElement("div");
      if (own.length <= MANY) element.append(...own);
      element.addEventListener("toggle", replace);
      return { items: own, element };
    });
    if (guest) stacks = withGuest(stacks, guest);
    lit = guest;
    margin.replaceChildren(...stacks.map((stack) => stack.element));
    replace();
  };

  /* the form for writing about a passage is a guest: the others make room */
  margin.addEventListener("margin-open", (event) => {
    guest = { items: [], ...event.detail };
    watch.observe(guest.element);
    arrange();
  });
  margin.addEventListener("margin-close", () => {
    guest = null;
    arrange();
  });

  const show = (ids, on) => {
    for (const mark of document.querySelectorAll("mark[data-marks]")) {
      const marks = mark.dataset.marks.split(" ").map((id) => id.split("-")[0]);
      if (marks.some((id) => ids.includes(id))) mark.classList.toggle("lit", on);
    }
    for (const item of items) if (ids.includes(markId(item))) item.classList.toggle("lit", on);
  };
  const idsAt = (node) => {
    const mark = node.closest?.("mark[data-marks]");
    if (mark) return mark.dataset.marks.split(" ").map((id) => id.split("-")[0]);
    const link = node.closest?.(".mark-link");
    if (link) return [link.dataset.mark];
    const item = node.closest?.(".contribution[data-passage], [data-fold][data-passage]");
    return item && (items.includes(item) || item.closest("[data-fold]")) ? [markId(item)] : null;
  };
  for (const [name, on] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]]) {
    document.addEventListener(name, (event) => {
      const ids = idsAt(event.target);
      if (ids) show(ids, on);
    });
  }
  const bring = (id) => {
    const item =
      items.find((each) => markId(each) === id || each.id === id) ??
      items.find((each) => each.dataset.fold && each.contains(document.getElementById(id)));
    if (!item) return;
    if (item.dataset.fold) item.open = true;
    const fold = item.closest("details.here, details.many");
    if (fold) fold.open = true;
    lit = stacks.find((stack) => stack.items.includes(item)) ?? null;
    replace();
  };
  document.addEventListener("click", (event) => {
    const mark = event.target.closest?.("mark[data-marks], .mark-link");
    if (!mark || (event.target.closest("a") && !mark.matches(".mark-link"))) return;
    bring(mark.dataset.mark ?? mark.dataset.marks.split(" ").at(-1).split("-")[0]);
  });
  margin.addEventListener("click", (event) => {
    const item = event.target.closest(".contribution[data-passage]");
    if (item && items.includes(item) && wide.matches) bring(markId(item));
  });

  wide.addEventListener("change", arrange);
  for (const item of items) watch.observe(item);
  const text = document.querySelector("[data-passages]");
  if (text) watch.observe(text);
  arrange();
  document.fonts?.ready.then(replace);
  const hash = decodeURIComponent(location.hash.slice(1));
  if (hash) bring(hash);
  arrived(() => {
    const item = items.find((each) => each.id === hash);
    const words = item && wide.matches ? target(item) : null;
    (words ?? document.getElementById(hash))?.scrollIntoView({
      behavior: "instant",
      block: words ? "start" : "center",
    });
    const sent = item?.querySelector(".flashes") && target(item);
    if (sent) {
      sent.tabIndex = -1;
      sent.focus({ preventScroll: true }); // one goes on where one wrote
    }
    margin.classList.add("settled");
  });
}

/** After the browser itself has gone to the address's fragment, which it does while loading. */
function arrived(then) {
  if (document.readyState === "complete") then();
  else window.addEventListener("load", () => requestAnimationFrame(then), { once: true });
}

for (const margin of document.querySelectorAll("[data-margin]")) start(margin);

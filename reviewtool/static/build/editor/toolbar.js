/* The toolbar: words, not signs; one stop for Tab, arrows inside (the ARIA toolbar pattern). */

export function makeToolbar(actions, strings, label, controls) {
  const bar = document.createElement("div");
  bar.className = "editor-bar";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", label);
  bar.setAttribute("aria-controls", controls);
  const buttons = [];
  for (const action of actions) {
    if (!action) {
      const gap = document.createElement("span");
      gap.className = "editor-gap";
      bar.append(gap);
      continue;
    }
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.action = action.name;
    button.textContent = strings[action.name] ?? action.name;
    if (action.key) button.title = keyWords(action.key, strings);
    button.tabIndex = buttons.length ? -1 : 0;
    if (action.active) button.setAttribute("aria-pressed", "false");
    bar.append(button);
    buttons.push([button, action]);
  }
  bar.addEventListener("keydown", (event) => roam(event, buttons.map(([button]) => button)));
  return { bar, buttons };
}

function keyWords(key, strings) {
  const mac = /Mac|iP(hone|ad)/.test(navigator.platform);
  return key
    .replace("Mod", mac ? "⌘" : (strings.ctrl ?? "Ctrl"))
    .replace("ArrowUp", "↑")
    .replace("ArrowDown", "↓")
    .split("-")
    .map((part) => (part.length === 1 ? part.toUpperCase() : part))
    .join(" + ");
}

function roam(event, buttons) {
  const at = buttons.indexOf(document.activeElement);
  const to = {
    ArrowRight: (at + 1) % buttons.length,
    ArrowLeft: (at - 1 + buttons.length) % buttons.length,
    Home: 0,
    End: buttons.length - 1,
  }[event.key];
  if (at < 0 || to === undefined) return;
  event.preventDefault();
  buttons[at].tabIndex = -1;
  buttons[to].tabIndex = 0;
  buttons[to].focus();
}

/** Show which actions are on and which can't act now; a button keeps its place and its focus. */
export function refresh(buttons, state) {
  for (const [button, action] of buttons) {
    if (action.active) button.setAttribute("aria-pressed", String(action.active(state)));
    button.setAttribute("aria-disabled", String(!action.run(state)));
  }
}

/* Sending shows at once, is tried again quietly until it arrives, and then goes where the server
   says. The form's request id makes it arrive once, however often it is tried. What the server
   refuses is shown at the form's fields by whoever takes the event "say-refused"; else it is sent the
   plain way, which shows why, with the words. */
import { isNetwork, makePatience } from "./patience.js";

const MOST_TRIES = 4;
const TIME = 30_000;

function go(to) {
  const target = new URL(to, location.href);
  if (target.pathname === location.pathname && target.search === location.search) {
    history.replaceState(null, "", target);
    history.scrollRestoration = "manual"; // to the place that the address names
    location.reload();
  } else {
    location.assign(target);
  }
}

async function attempt(form, pressed) {
  const body = new FormData(form);
  if (pressed?.name) body.append(pressed.name, pressed.value);
  const answer = await fetch(form.action, {
    method: "POST",
    body,
    headers: { Accept: "application/json" },
    credentials: "same-origin",
    signal: AbortSignal.timeout(TIME),
  });
  const isData = answer.headers.get("Content-Type")?.startsWith("application/json");
  return { status: answer.status, ...(isData && (await answer.json())) };
}

/** Send the form by script; say(name) shows the words of its note, none without a name; before()
    stops other sending, and after() lets it go on where the form stays. */
export function sendPatiently(form, say, { before, after }) {
  const patience = makePatience();

  /** The plain way, as if by the button that was pressed. */
  function submit(pressed) {
    if (pressed?.name) {
      const field = Object.assign(document.createElement("input"), { type: "hidden", name: pressed.name, value: pressed.value });
      field.dataset.pressed = "";
      form.append(field);
    }
    HTMLFormElement.prototype.submit.call(form);
  }

  function isShown(errors) {
    const event = new CustomEvent("say-refused", { bubbles: true, cancelable: true, detail: errors });
    return !form.dispatchEvent(event);
  }

  function stay() {
    delete form.dataset.sending;
    form.removeAttribute("aria-busy");
    say();
    after();
  }

  async function send(pressed) {
    form.dataset.sending = "1";
    form.setAttribute("aria-busy", "true");
    for (;;) {
      say("sendingWords");
      try {
        const { status, to, errors } = await attempt(form, pressed);
        if (to) return go(to);
        if (errors && isShown(errors)) return stay();
        if (status < 500 || patience.tries >= MOST_TRIES) break;
      } catch (error) {
        if (!isNetwork(error)) throw error;
      }
      say("waitingWords");
      await patience.wait();
    }
    return submit(pressed);
  }

  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    before();
    if (form.dataset.sending) patience.wake();
    else send(event.submitter);
  });
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    delete form.dataset.sending;
    for (const field of form.querySelectorAll("[data-pressed]")) field.remove();
    form.removeAttribute("aria-busy");
  });
}

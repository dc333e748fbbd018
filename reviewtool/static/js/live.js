/* A part of a page that keeps itself up to date: [data-live="ADDRESS"].
   Asked every two seconds with the ETag of what is shown; 304 while nothing has changed. Only this
   part is replaced, never a form outside it, and the focus stays on the element with the same id.
   Forms inside it are sent without leaving the page; the status then says their data-live-said. Without script it has a link that loads it. */
const EVERY = 2_000;
const AFTER_TROUBLE = 6_000;

function live(part) {
  const status = document.querySelector(`[data-live-status="${part.id}"]`);
  let tag = part.dataset.liveTag;
  let timer = 0;
  let asking = false;

  const say = (words) => {
    if (status && status.textContent !== words) status.textContent = words;
  };

  function show(html) {
    const held = document.activeElement;
    const id = part.contains(held) ? held.id : "";
    const open = [...part.querySelectorAll("details[open][id]")].map((one) => one.id);
    part.innerHTML = html;
    for (const one of open) document.getElementById(one)?.setAttribute("open", "");
    if (id) document.getElementById(id)?.focus({ preventScroll: true });
    part.dispatchEvent(new CustomEvent("live-shown", { bubbles: true }));
  }

  async function ask() {
    if (asking || part.dataset.liveHeld) return;
    asking = true;
    clearTimeout(timer);
    let wait = EVERY;
    try {
      const answer = await fetch(part.dataset.live, {
        headers: { "If-None-Match": tag },
        credentials: "same-origin",
        cache: "no-store",
        redirect: "error",
      });
      if (answer.status === 200) {
        tag = answer.headers.get("ETag") ?? "";
        const html = await answer.text();
        if (!part.dataset.liveHeld) show(html);
        else tag = "";
      }
      if (answer.status === 403) return over();
      if (!answer.ok && answer.status !== 304) wait = AFTER_TROUBLE;
      say(wait === EVERY ? "" : part.dataset.liveTrouble);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // what fetch throws without a connection
      wait = AFTER_TROUBLE;
      say(part.dataset.liveTrouble);
    } finally {
      asking = false;
    }
    timer = setTimeout(ask, document.hidden ? AFTER_TROUBLE : wait);
  }

  function over() {
    say(part.dataset.liveOver);
  }

  async function send(form, submitter) {
    const body = new FormData(form, submitter);
    const answer = await fetch(form.action, { method: "POST", body, credentials: "same-origin" });
    if (!answer.ok) {
      form.submit(); // the page that says why
      return;
    }
    await ask();
    if (form.dataset.liveSaid) say(form.dataset.liveSaid);
  }

  part.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-live-form]")) return;
    event.preventDefault();
    send(event.target, event.submitter);
  });
  part.addEventListener("live-send", (event) => send(event.target, null));
  document.addEventListener("visibilitychange", () => document.hidden || ask());
  timer = setTimeout(ask, EVERY);
}

for (const part of document.querySelectorAll("[data-live]")) live(part);

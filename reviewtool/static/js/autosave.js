/* form[data-autosave="URL"] sends its fields there a moment after the last key, and shows the words
   of the answer in its [data-saved] element. What can't be sent is said, and tried again. */
const PAUSE = 1500;
const AGAIN = 10_000;

function watch(form) {
  const note = form.querySelector("[data-saved]");
  let timer = 0;
  let sending = false;
  let dirty = false;

  const say = (words) => {
    if (note && words) note.textContent = words;
  };

  async function send() {
    clearTimeout(timer);
    if (sending || !dirty) return;
    sending = true;
    dirty = false;
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST",
        body: new FormData(form),
        headers: { Accept: "application/json" },
        credentials: "same-origin",
      });
      if (answer.headers.get("Content-Type")?.startsWith("application/json")) {
        say((await answer.json()).words);
      } else {
        throw new TypeError(`unexpected answer ${answer.status}`);
      }
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      dirty = true;
      say(note?.dataset.failedWords);
    } finally {
      sending = false;
      if (dirty) timer = setTimeout(send, AGAIN);
    }
  }

  form.addEventListener("input", () => {
    dirty = true;
    clearTimeout(timer);
    timer = setTimeout(send, PAUSE);
  });
  form.addEventListener("submit", () => {
    dirty = false;
    clearTimeout(timer);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") send();
  });
}

for (const form of document.querySelectorAll("form[data-autosave]")) watch(form);

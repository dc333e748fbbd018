/* How a proposal reads while it is being written: a form with [data-preview="ADDRESS"] is sent there as
   it stands, a moment after its proposed words were changed, and what comes back is shown in it.
   Nothing is stored. Without script a button shows the same. */
const PAUSE = 400;

function start(shown) {
  const form = shown.closest("form");
  const field = form.querySelector("[data-replacement], [name='replacement']");
  let timer = 0;
  let last = 0;

  async function ask() {
    const mine = (last += 1);
    const body = new FormData(form);
    try {
      const answer = await fetch(shown.dataset.preview, { method: "POST", body, credentials: "same-origin" });
      const html = answer.ok ? await answer.text() : "";
      if (mine === last) shown.innerHTML = html;
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // what fetch throws without a connection
    }
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  form.addEventListener("say-open", () => {
    last += 1;
    shown.replaceChildren();
  });
}

for (const shown of document.querySelectorAll("[data-preview]")) start(shown);

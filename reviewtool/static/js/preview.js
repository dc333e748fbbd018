/* What the server makes of a form while it is being written: the form is sent as it stands to
   [data-preview="ADDRESS"], a moment after one of its fields was changed, and what comes back is shown
   there. Nothing is stored. The field is the proposed words, or [data-preview-of="NAME"]. */
const PAUSE = 500;
const FEW = 12;

function start(shown) {
  const form = shown.closest("form");
  const of = shown.dataset.previewOf;
  form.querySelector("button[name='preview']")?.remove(); // it is for those without script
  const field = of ? form.elements[of] : form.elements.replacement;
  let timer = 0;
  let last = 0;

  function show(html) {
    if (shown.dataset.shown === html) return;
    shown.dataset.shown = html;
    shown.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
  }

  async function ask() {
    const mine = (last += 1);
    if (of && field.value.trim().length < FEW) return show("");
    const body = new FormData(form);
    try {
      const answer = await fetch(shown.dataset.preview, { method: "POST", body, credentials: "same-origin" });
      const html = answer.ok ? await answer.text() : "";
      if (mine === last) show(html.trim());
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // what fetch throws without a connection
    }
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  const forget = () => {
    clearTimeout(timer);
    last += 1;
    show("");
  };
  form.addEventListener("say-refused", forget);
  form.addEventListener("say-open", () => {
    forget();
    if (!of && field.value !== field.defaultValue) ask();
  });
}

for (const shown of document.querySelectorAll("[data-preview]")) start(shown);

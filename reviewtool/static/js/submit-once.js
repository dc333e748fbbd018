/* A double press sends once. The server answers a repeated request id the same way; this only
   spares people the second wait, and never leaves a button dead: coming back to the page, or
   fifteen seconds without an answer, frees it. */
const PATIENCE = 15_000;

function free(form) {
  delete form.dataset.sending;
  form.removeAttribute("aria-busy");
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.matches("[data-submit-once]")) return;
  if (form.dataset.sending) {
    event.preventDefault();
    return;
  }
  form.dataset.sending = "1";
  form.setAttribute("aria-busy", "true");
  setTimeout(() => free(form), PATIENCE);
});

window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("[data-submit-once][data-sending]")) free(form);
});

/* The summary of errors is what to read first. */
document.querySelector("[data-focus]")?.focus();

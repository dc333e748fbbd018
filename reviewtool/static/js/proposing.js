/* A proposal's form: only the fields that the chosen act needs are shown. Without script all are. */
const act = document.querySelector("[name=act]");
const parts = [...document.querySelectorAll("[data-for]")];

function show() {
  for (const part of parts) part.hidden = !part.dataset.for.split(" ").includes(act.value);
}

if (act) {
  act.addEventListener("change", show);
  show();
}

/* What is read beside a form is folded on a narrow screen, where it stands above the form. */
const narrow = window.matchMedia("(max-width: 63.99rem)");
const folds = document.querySelectorAll("details[data-beside]");

function fit() {
  for (const fold of folds) fold.open = !narrow.matches;
}

narrow.addEventListener("change", fit);
fit();

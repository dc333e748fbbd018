/* Splitting a text: what is chosen for a heading goes for what stands under it too. */
const form = document.querySelector("[data-split]");

function follow(heading, value) {
  let piece = heading.nextElementSibling;
  while (piece?.classList.contains("part-body") && !("heading" in piece.dataset)) {
    const radio = piece.querySelector(`input[value="${value}"]`);
    if (radio) radio.checked = true;
    piece = piece.nextElementSibling;
  }
}

form?.addEventListener("change", ({ target }) => {
  const piece = target.closest("[data-heading]");
  if (piece && target.type === "radio") follow(piece, target.value);
});

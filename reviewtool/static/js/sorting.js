/* Dragging a card to another column sends the card's own form, as its button does. */
const PLACE = "[data-sort-to]";

document.addEventListener("dragstart", (event) => {
  const card = event.target.closest?.("[data-sort-card]");
  if (!card) return;
  event.dataTransfer.setData("text/plain", card.id);
  event.dataTransfer.effectAllowed = "move";
  card.closest("[data-live]").dataset.liveHeld = "1"; // nothing moves under the hand
});

document.addEventListener("dragend", (event) => {
  const part = event.target.closest?.("[data-live]");
  if (part) delete part.dataset.liveHeld;
  for (const place of document.querySelectorAll(`${PLACE}.over`)) place.classList.remove("over");
});

document.addEventListener("dragover", (event) => {
  const place = event.target.closest?.(PLACE);
  if (!place) return;
  event.preventDefault();
  for (const other of document.querySelectorAll(`${PLACE}.over`)) other.classList.remove("over");
  place.classList.add("over");
});

document.addEventListener("drop", (event) => {
  const place = event.target.closest?.(PLACE);
  const card = document.getElementById(event.dataTransfer.getData("text/plain"));
  if (!place || !card) return;
  event.preventDefault();
  delete place.closest("[data-live]").dataset.liveHeld;
  const form = card.querySelector("form");
  form.elements.theme.value = place.dataset.sortTo;
  place.append(card);
  form.dispatchEvent(new CustomEvent("live-send", { bubbles: true }));
});

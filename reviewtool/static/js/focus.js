/* Where one writes on, and where one stands when something was put away. */
const WRITING = "textarea, input[type='text']";

/** The first field of a form to write in: of those that can be seen, for only they take the focus. */
export const firstField = (form) =>
  [...form.querySelectorAll(WRITING)].find((field) => field.getClientRects().length);

/** Give the focus to what holds none by itself: a paragraph, a contribution. */
export function stand(element) {
  const had = element.hasAttribute("tabindex");
  if (!had) element.tabIndex = -1;
  element.focus({ preventScroll: true });
  if (!had) element.addEventListener("blur", () => element.removeAttribute("tabindex"), { once: true });
}

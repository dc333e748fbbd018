/* What just happened is told where the reader arrives: beside what was saved, not at the top of a
   long page. Without script it stands at the top. The focus goes where the address leads, as the eyes
   do; and as nothing is read out of what came with the page, the words are put there once more. */
import { stand } from "./focus.js";

const told = document.querySelector(".flashes");
const words = [...(told?.querySelectorAll(".notice-body") ?? [])];
const found = document.getElementById(decodeURIComponent(location.hash.slice(1)));
const place = found?.closest("main") && found.id !== "main" ? found : null;

function sayAgain() {
  for (const each of words) each.replaceChildren(...[...each.childNodes].map((node) => node.cloneNode(true)));
}

if (words.length && place?.matches("section, article")) place.prepend(told);
if (place && document.activeElement === document.body) stand(place);
if (words.length) window.addEventListener("load", () => requestAnimationFrame(sayAgain), { once: true });

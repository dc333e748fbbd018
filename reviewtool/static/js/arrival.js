/* What just happened is told where the reader arrives: beside what was saved, not at the top of a
   long page. Without script it stands at the top. */
const told = document.querySelector(".flashes");
const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
if (told?.querySelector(".notice") && place?.closest("main") && place.matches("section, article")) {
  place.prepend(told);
}

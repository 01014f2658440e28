// Who speaks now: when somebody begins or ends, the list below has something new to show.
"use strict";

document.addEventListener("htmx:afterSwap", () => {
  const talking = document.getElementById("talking");
  if (talking.dataset.ids === document.body.dataset.talking) return;
  if (document.body.dataset.talking !== undefined) htmx.trigger("#list", "talked");
  document.body.dataset.talking = talking.dataset.ids;
});

// Suggestions beside the fields: one click takes a value, one takes it back, one shows and plays the words it came from.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const form = document.getElementById("card-form");
  const before = new Map(); // name of a block -> what stood in its fields before a suggestion was taken

  const puts = (button) => Object.entries(JSON.parse(button.dataset.puts));
  const stands = (button) => puts(button).every(([name, value]) => form.elements[name].value.trim() === value);

  function mark() {
    for (const button of form.querySelectorAll(".take")) button.setAttribute("aria-pressed", stands(button));
  }

  function write(block, values) {
    for (const [name, value] of values) {
      form.elements[name].value = value;
      for (const kind of ["input", "change"]) form.elements[name].dispatchEvent(new Event(kind, { bubbles: true }));
    }
    block.querySelector(".undo").hidden = !before.has(block.dataset.field);
    mark();
  }

  function take(button) {
    const block = button.closest("[data-field]");
    const now = puts(button).map(([name]) => [name, form.elements[name].value]);
    if (!before.has(block.dataset.field)) before.set(block.dataset.field, now);
    write(block, puts(button));
  }

  function undo(button) {
    const block = button.closest("[data-field]");
    const values = before.get(block.dataset.field);
    before.delete(block.dataset.field);
    write(block, values);
    block.querySelector(".take").focus(); // this button is gone
  }

  function hear(button) {
    const { transcript, spans } = button.closest(".hint").dataset;
    const led = JSON.parse(spans);
    const within = (word) => led.some(([first, last]) => word.dataset.last >= first && word.dataset.first <= last);
    const shown = document.getElementById("transcript");
    for (const word of document.querySelectorAll(".word"))
      word.classList.toggle("led", shown.dataset.transcript === transcript && within(word));
    document.querySelector(".word.led")?.scrollIntoView({ block: "nearest" });
    document.dispatchEvent(new CustomEvent("words-wanted", { detail: JSON.parse(button.dataset.pieces) }));
  }

  document.addEventListener("click", (event) => {
    for (const [name, act] of [["take", take], ["undo", undo], ["hear", hear]]) {
      const button = event.target.closest(`.${name}`);
      if (button) act(button);
    }
  });

  // Whoever writes into a field has looked at it: it is the machine's no more.
  form.addEventListener("input", (event) => {
    event.target.closest(".of-machine")?.classList.remove("of-machine");
    mark();
  });
  document.addEventListener("card-followed", mark);
  mark();
});

// The open card follows what the machine and colleagues do with it. What this operator has typed is never touched.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const form = document.getElementById("card-form");
  let card = document.getElementById("news").dataset.card;
  let people = document.getElementById("news").dataset.people;
  let asking = false;

  // Fields are compared with what the form began with, as the server does when two people meet on one card.
  const plain = (text) => text.replaceAll("\r\n", "\n").trim();
  const untouched = (field, began) => plain(field.value) === plain(began[field.name] ?? "");

  // Whoever has scrolled back to earlier words stays there while new ones come.
  let scrolled = 0;
  document.addEventListener("htmx:beforeSwap", () => (scrolled = document.getElementById("said")?.scrollTop ?? 0));

  document.addEventListener("htmx:afterSwap", async () => {
    document.getElementById("said")?.scrollTo(0, scrolled);
    const news = document.getElementById("news").dataset;
    if (asking || news.card === card) return;
    asking = true;
    try {
      const answer = await fetch(location.pathname);
      if (answer.ok && !answer.redirected) follow(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch {
      // the panel does not answer: the page says so, and the next news brings it again
    } finally {
      asking = false;
    }
  });

  function follow(page) {
    const fresh = page.getElementById("news").dataset;
    const theirs = page.getElementById("card-form");
    const began = JSON.parse(form.elements.began.value || "{}");
    const fields = Object.keys(began).map((name) => form.elements[name]).filter(Boolean);
    const typed = fields.some((field) => !untouched(field, began));
    const ofPeople = fresh.people !== people;
    for (const part of document.querySelectorAll("[data-part]")) renew(part, page);
    // Two people on one card: the one who wrote is told when saving, with both texts side by side.
    document.getElementById("changed").hidden = !(ofPeople && typed);
    if (!(ofPeople && typed)) {
      for (const field of fields) if (untouched(field, began)) field.value = theirs.elements[field.name]?.value ?? field.value;
      for (const name of ["version", "began"]) form.elements[name].value = theirs.elements[name].value;
      people = fresh.people;
    }
    form.elements.category.dataset.usual = theirs.elements.category.dataset.usual;
    for (const block of form.querySelectorAll("[data-field]")) renewHints(block, theirs);
    card = fresh.card;
    document.dispatchEvent(new CustomEvent("card-followed"));
  }

  function renew(part, page) {
    const fresh = page.querySelector(`[data-part="${part.dataset.part}"]`);
    if (!fresh || fresh.innerHTML === part.innerHTML) return;
    if (part.dataset.part === "sound" && part.querySelector("#player")) return; // somebody may be listening
    if (part.dataset.part === "words" && part.querySelector(".correct [name=text]")?.value) return; // or correcting
    part.replaceWith(fresh);
    htmx.process(fresh);
    if (fresh.dataset.part === "sound") document.dispatchEvent(new CustomEvent("tape-arrived"));
  }

  function renewHints(block, theirs) {
    const fresh = theirs.querySelector(`[data-field="${block.dataset.field}"]`);
    const own = [...block.querySelectorAll("input, select, textarea")].some(
      (field) => field.value !== theirs.elements[field.name]?.value,
    );
    block.classList.toggle("of-machine", fresh.classList.contains("of-machine") && !own);
    const [shown, newer] = [block, fresh].map((one) => one.querySelector(".hints"));
    if (newer && shown.innerHTML !== newer.innerHTML) shown.replaceWith(newer);
  }
});

// The card: words to correct, a category that proposes its executor, and nothing typed is lost.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const form = document.getElementById("card-form");
  let changed = false;
  form.addEventListener("input", () => (changed = true));
  form.addEventListener("submit", () => (changed = false));
  window.addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault();
  });

  form.elements.category.addEventListener("change", () => {
    const usual = JSON.parse(form.elements.category.dataset.usual);
    form.elements.executor.value = usual[form.elements.category.value] || "";
  });

  document.body.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.requestConfig.verb === "post") document.querySelector("#transcript .words")?.focus();
  });

  let first = null;
  let last = null; // the word where choosing stopped
  document.addEventListener("click", (event) => {
    const word = event.target.closest(".word");
    if (word) choose(word, event.shiftKey);
    if (event.target.id === "copy-text") copyText(form);
  });

  // Shift and a click choose words; the browser would choose letters besides.
  document.addEventListener("mousedown", (event) => {
    if (event.shiftKey && event.target.closest(".word")) event.preventDefault();
  });

  document.addEventListener("keydown", (event) => {
    if (!event.target.matches(".words")) return;
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.code];
    if (step) {
      const words = [...document.querySelectorAll(".word")];
      const next = last?.isConnected ? words.indexOf(last) + step : 0;
      choose(words[Math.max(0, Math.min(next, words.length - 1))], event.shiftKey);
    } else if (event.code === "Enter" && last?.isConnected) document.getElementById("correction").select();
    else return;
    event.preventDefault();
  });

  function choose(word, wider) {
    const words = [...document.querySelectorAll(".word")];
    if (!wider || first === null || !first.isConnected) first = word;
    last = word;
    const [from, to] = [words.indexOf(first), words.indexOf(word)].sort((a, b) => a - b);
    const chosen = words.slice(from, to + 1);
    for (const one of words) one.classList.toggle("chosen", chosen.includes(one));
    const correct = document.querySelector(".correct");
    correct.elements.first.value = chosen[0].dataset.first;
    correct.elements.last.value = chosen[chosen.length - 1].dataset.last;
    correct.elements.text.value = chosen.map((one) => one.textContent).join(" ").replaceAll("⌫", "").trim();
    for (const element of correct.querySelectorAll("[disabled]")) element.disabled = false;
    const start = Number(chosen[0].dataset.start);
    const end = Number(chosen[chosen.length - 1].dataset.end);
    document.dispatchEvent(new CustomEvent("words-wanted", { detail: [[start, end]] }));
  }
});

function copyText(form) {
  const text = [...document.querySelectorAll(".word")].map((one) => one.textContent).join(" ").replaceAll("⌫", "");
  form.elements.text.value = text.replace(/\s+/g, " ").trim();
  form.elements.text.dispatchEvent(new Event("input", { bubbles: true }));
  form.elements.text.focus();
}

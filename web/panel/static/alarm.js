// Alarms: a tone, the title of the window and the banner itself, so that one of them reaches whoever works here.
"use strict";

const AGAIN_MS = 20_000; // the tone comes again while nobody has taken the alarm
const MUTED = "alarms-muted"; // of this browser, whoever works at it

document.addEventListener("DOMContentLoaded", () => {
  const button = document.getElementById("sound");
  const tone = new Audio(button.dataset.tone);
  tone.preload = "none";
  const title = document.title;
  let known = [];
  let soundedAt = 0;
  let allowed = true; // browsers forbid sound on a page that nobody has touched yet

  const muted = () => localStorage.getItem(MUTED) === "yes";
  const label = () => {
    const state = muted() ? "вимкнено" : allowed ? "увімкнено" : "клацніть будь-де, щоб дозволити";
    button.textContent = `Звук тривоги: ${state}`;
    button.setAttribute("aria-pressed", !muted());
  };
  const sound = async () => {
    try {
      await tone.play();
      [allowed, soundedAt] = [true, Date.now()];
    } catch {
      allowed = false; // tried again at the next look
    }
    label();
  };
  button.addEventListener("click", () => {
    localStorage.setItem(MUTED, muted() ? "no" : "yes");
    label();
    if (!muted()) sound(); // so that one knows what it is like
  });
  label();

  // The banner asks again and again; every answer comes by here, also «nothing new».
  document.addEventListener("htmx:afterRequest", (event) => {
    if (!event.detail.pathInfo?.requestPath.startsWith("/alarms")) return;
    const now = (document.getElementById("alarms").dataset.ids || "").split(" ").filter(Boolean);
    document.title = now.length ? `⚠ Тривога! ${title}` : title;
    const fresh = now.some((id) => !known.includes(id));
    known = now;
    if (now.length && !muted() && (fresh || Date.now() - soundedAt >= AGAIN_MS)) sound();
  });
});

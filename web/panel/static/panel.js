// Every page: what is sent twice by an impatient click is sent once, and nothing typed is lost with the session.
"use strict";

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent === "yes") {
    event.preventDefault();
    return;
  }
  const asked = form.dataset.sent === "asked";
  form.dataset.sent = "yes";
  if (asked || !form.dataset.token) return;
  event.preventDefault();
  const token = await freshToken(form.dataset.token);
  form.dataset.sent = token ? "asked" : "";
  if (!token) {
    form.dispatchEvent(new Event("input", { bubbles: true })); // it stays unsaved
    return;
  }
  form.elements.csrf_token.value = token;
  form.requestSubmit(event.submitter);
});

// A form that took minutes to fill is sent only when somebody will take it: "" when the session ended or nobody answers.
async function freshToken(address) {
  try {
    const answer = await fetch(address, { redirect: "manual" });
    if (answer.ok) return (await answer.json()).token;
    if (answer.type !== "opaqueredirect") throw new Error(`${answer.status}`);
    tell("ended");
  } catch {
    tell("stale");
  }
  return "";
}

function tell(warning) {
  const strip = document.getElementById(warning);
  strip.hidden = false;
  strip.scrollIntoView({ block: "nearest" });
}

// A page that refreshes itself says so when it cannot: an old list looks like a quiet night.
const failing = new Set(); // one part may fail while another refreshes
const asked = (event) => event.detail.pathInfo.requestPath.split("?")[0];
for (const failure of ["htmx:sendError", "htmx:responseError", "htmx:timeout"])
  document.addEventListener(failure, (event) => {
    failing.add(asked(event));
    if (event.detail.xhr?.status !== 401) tell("stale");
    else if (document.querySelector("main form[method=post]")) tell("ended");
    else location.reload(); // nothing is being written here: to the login
  });
document.addEventListener("htmx:afterOnLoad", (event) => {
  if (event.detail.xhr.status >= 400) return;
  failing.delete(asked(event));
  if (!failing.size) for (const warning of ["stale", "ended"]) document.getElementById(warning).hidden = true;
});

// A click that begins on what is replaced before it ends is lost: the replacement waits for the next look.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.requestConfig.verb === "get" && event.detail.target.matches(":active")) event.detail.shouldSwap = false;
});

// The browser's «back» shows the page as it was: its forms may be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

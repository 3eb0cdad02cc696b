// Finding words and making a case: copying, and steps that the browser's own Back walks through.
// Everything here also works without script; nothing is stored, and nothing is sent but the form itself.
"use strict";

const TRIED_FOR = 20000;
let depth = 0;

function ready(root) {
  for (const button of root.querySelectorAll("[data-copy]")) {
    const field = document.getElementById(button.dataset.copy);
    const status = document.querySelector("[data-copied]");
    button.hidden = false;
    button.addEventListener("click", async () => {
      field.select();
      try {
        await navigator.clipboard.writeText(field.value);
      } catch {
        document.execCommand("copy");
      }
      status.textContent = status.dataset.copied;
    });
  }
}

// A page that answers a form cannot be shown again by Back: browsers ask to send the form once more. So the next
// step takes the place of this one, and Back presses the button that leads back, with every choice in the form.
// Without a connection the page stays, with all that was written on it; says whether the next one stands there.
async function show(form, pressed) {
  const body = new URLSearchParams(new FormData(form, pressed));
  const how = { method: "POST", body, signal: window.AbortSignal.timeout(TRIED_FOR) };
  const answer = await window.fetch(form.action, how).catch(() => null);
  const stays = document.querySelector("[data-unsent]");
  if (stays) stays.hidden = answer !== null;
  if (!answer) return false;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of page.querySelectorAll("noscript, script")) part.remove();
  const main = document.adoptNode(page.querySelector("main"));
  document.querySelector("main").replaceWith(main);
  document.title = page.title;
  for (const button of main.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
  ready(main);
  window.scrollTo(0, 0);
  main.focus({ preventScroll: true });
  return true;
}

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("[data-steps]");
  const pressed = event.submitter;
  // Whoever hides the screen leaves this page.
  if (!form || !pressed || form.elements.then) return;
  event.preventDefault();
  if (pressed.matches("[data-back]") && depth > 0) {
    window.history.back();
    return;
  }
  if (await show(form, pressed) && !pressed.matches("[data-stay]")) {
    depth += 1;
    window.history.pushState({ depth }, "");
  }
});

window.addEventListener("popstate", async (event) => {
  // A link to a place on this page is a step of the history too, and none between pages.
  if (event.state === null) window.history.replaceState({ depth }, "");
  const before = depth;
  const now = event.state?.depth ?? depth;
  if (now === before) return;
  const pressed = document.querySelector(now < before ? "[data-back]" : "[data-next]");
  depth = now;
  if (!pressed) {
    window.location.replace(window.location.pathname);
  } else if (!(await show(pressed.form, pressed))) {
    depth = before;
    window.history.pushState({ depth }, "");
  }
});

window.history.replaceState({ depth }, "");
ready(document);

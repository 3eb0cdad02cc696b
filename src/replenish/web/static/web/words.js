// Finding words and making a case: copying, and steps that the browser's own Back walks through.
// Everything here also works without script; nothing is stored, and nothing is sent but the form itself.
"use strict";

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

function sendPlainly(form, pressed) {
  const chosen = document.createElement("input");
  Object.assign(chosen, { type: "hidden", name: pressed.name, value: pressed.value });
  form.append(chosen);
  form.submit();
}

// A page that answers a form cannot be shown again by Back: browsers ask to send the form once more. So the next
// step takes the place of this one, and Back presses the button that leads back, with every choice in the form.
async function show(form, pressed) {
  let answer;
  try {
    const body = new URLSearchParams(new FormData(form, pressed));
    answer = await window.fetch(form.action, { method: "POST", body });
  } catch {
    sendPlainly(form, pressed);
    return;
  }
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
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-steps]");
  const pressed = event.submitter;
  if (!form || !pressed) return;
  event.preventDefault();
  if (pressed.matches("[data-back]") && depth > 0) {
    window.history.back();
    return;
  }
  if (!pressed.matches("[data-stay]")) {
    depth += 1;
    window.history.pushState({ depth }, "");
  }
  show(form, pressed);
});

window.addEventListener("popstate", (event) => {
  const now = event.state?.depth ?? 0;
  const pressed = document.querySelector(now < depth ? "[data-back]" : "[data-next]");
  depth = now;
  if (pressed) {
    show(pressed.form, pressed);
  } else {
    window.location.replace(window.location.pathname);
  }
});

window.history.replaceState({ depth }, "");
ready(document);

// Without a connection, a page that is kept on the device would take the place of a form, and what was written
// would be gone. So first a look whether the server answers; until it does, the text stays where it is.
"use strict";

const LONG_ENOUGH = 8000;
const quiet = document.querySelector("[data-quiet]").dataset.quiet;
let answers = false;

async function serverAnswers() {
  if (!window.navigator.onLine) return false;
  const how = { method: "HEAD", cache: "no-store", signal: window.AbortSignal.timeout(LONG_ENOUGH) };
  return window.fetch(quiet, how).then(() => true, () => false);
}

// Before all others, so that they see whether the form goes. Whoever hides the screen waits for nothing.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  const stays = form.querySelector("[data-unsent]");
  if (!stays || answers || form.elements.then) return;
  event.preventDefault();
  answers = await serverAnswers();
  stays.hidden = answers;
  if (answers) form.requestSubmit(event.submitter);
}, true);

// A card that is held open for a few minutes must not close on somebody who writes for longer: signs of life are
// told, seldom, and without a word of the text.
const SELDOM = 20000;
let told = Date.now();
function tellOfLife() {
  if (Date.now() - told < SELDOM) return;
  told = Date.now();
  window.fetch(window.location.pathname, { method: "HEAD", cache: "no-store" }).catch(() => null);
}
if ("held" in document.body.dataset) {
  for (const sign of ["pointerdown", "pointermove", "keydown", "scroll", "input"]) {
    document.addEventListener(sign, tellOfLife, { passive: true });
  }
}

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

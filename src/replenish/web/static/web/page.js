// Improves pages that also work without it. It stores nothing beyond the step from a scanned slip to its form.
"use strict";

const SLIP = "replenish-slip";

// Hiding is instant: the page is blank before anything is sent. The server notes on this device's card that the
// screen is hidden, so that Back shows nothing; until it has, a mark on the device does (still-hidden.js).
const exit = document.querySelector("[data-hide]");
// Some pages exchange what stands on them, so the form is looked for anew.
const draft = () => document.querySelector("form[data-draft]");
let leaving = false;

// A page that answers a form would send the form once more when it is reached by Back and loaded anew, and what
// was written would stand there again, hidden and locked or not. So it becomes an ordinary step of the history.
if (!document.querySelector("[data-sent-again]")) {
  window.history.replaceState(window.history.state, "", window.location.href);
}

// What was written on this page and is kept nowhere; or, with `before`, on the pages before it.
function isWritten({ before = false } = {}) {
  return [...(draft()?.querySelectorAll("textarea, input[type=text], input[data-unkept]") ?? [])].some(
    (field) => field.value !== field.defaultValue || field.matches("[aria-invalid]")
      || (before && field.matches("[data-unkept]")),
  );
}

function hide() {
  if (!exit || document.documentElement.classList.contains("away")) return;
  document.documentElement.classList.add("away");
  document.title = "…";
  leaving = true;
  document.dispatchEvent(new Event("hiding"));
  if (isWritten({ before: true }) && window.navigator.onLine) {
    const form = draft();
    const then = document.createElement("input");
    Object.assign(then, { type: "hidden", name: "then", value: "hide" });
    form.append(then);
    window.history.replaceState(null, "", exit.dataset.quiet);
    form.requestSubmit(form.querySelector("[data-keeps]") ?? form.querySelector("button[type=submit]"));
  } else {
    window.location.replace(window.navigator.onLine ? exit.href : exit.dataset.quiet);
  }
}

exit?.addEventListener("click", (event) => {
  event.preventDefault();
  hide();
});

const TWICE = 1000;
let escaped = -TWICE;
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.repeat) return;
  if (event.timeStamp - escaped < TWICE) hide();
  escaped = event.timeStamp;
});

// After a while without a sign of life the screen hides itself, also when the device slept or the page was in
// the background meanwhile.
// A card that is only held open still takes in then what was being written: it hides a little before that ends.
const EARLIER = "held" in document.body.dataset ? 40000 : 0;
const limit = Math.max(0, Number(document.body.dataset.hideAfter ?? 0) * 60000 - EARLIER);
let seen = Date.now();
function hideIfLeft() {
  if (limit && Date.now() - seen >= limit) hide();
}
if (limit) {
  for (const sign of ["pointerdown", "pointermove", "keydown", "scroll", "input"]) {
    document.addEventListener(sign, () => { hideIfLeft(); seen = Date.now(); }, { passive: true });
  }
  document.addEventListener("visibilitychange", hideIfLeft);
  window.setInterval(hideIfLeft, 5000);
}
// A page that the browser kept whole would not know that it was hidden meanwhile.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload();
});

// On the window, so that whatever else keeps a form from going has been heard before.
window.addEventListener("submit", (event) => { leaving = event.target === draft() && !event.defaultPrevented; });
window.addEventListener("beforeunload", (event) => {
  if (!leaving && isWritten()) event.preventDefault();
});

// How much room is left is said before it runs out; a text that is too long is never cut off.
document.addEventListener("input", ({ target }) => {
  const left = target.matches("textarea[data-most]") && target.parentElement.querySelector("[data-left]");
  if (!left) return;
  const most = Number(target.dataset.most);
  const room = most - [...target.value].length;
  left.hidden = room > most / 5;
  left.lastElementChild.textContent = room;
});

// Paper shows what stands in the field now, in its whole length.
window.addEventListener("beforeprint", () => {
  for (const paper of document.querySelectorAll("[data-printed]")) {
    paper.textContent = document.getElementById(paper.dataset.printed).value;
  }
});

// A secret in the fragment never reaches a server by itself; it leaves the address at once.
function takeFragment() {
  const found = decodeURIComponent(window.location.hash.slice(1));
  if (found) {
    window.history.replaceState(null, "", window.location.pathname);
  }
  return found;
}

// From the scanned slip to the form: the step within the site is what lets the browser send the card along.
const carry = document.querySelector("[data-carry-slip]");
if (carry) {
  const code = takeFragment();
  if (code) {
    window.sessionStorage.setItem(SLIP, code);
    window.location.replace(carry.href);
  }
}

const slip = document.querySelector("[data-slip]");
if (slip) {
  const code = takeFragment() || window.sessionStorage.getItem(SLIP);
  window.sessionStorage.removeItem(SLIP);
  if (code && !slip.value) {
    slip.value = code;
  }
}

const card = document.querySelector("[data-card]");
if (card) {
  const code = takeFragment();
  if (code) {
    card.value = code;
    for (const part of document.querySelectorAll("[data-when-typed]")) part.hidden = true;
    for (const part of document.querySelectorAll("[data-when-read]")) part.hidden = false;
  }
}

// A sheet of an account may carry both in the fragment. The button is left to the person, as with a card: a link
// from somebody else must not sign them in.
const sheet = document.querySelector("form[data-sheet]");
if (sheet) {
  const [account, code] = takeFragment().split(".");
  if (account && code) {
    sheet.elements.account.value = account;
    sheet.elements.code.value = code;
    sheet.querySelector("[data-when-read]").hidden = false;
    sheet.querySelector("button[type=submit]").focus();
  }
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

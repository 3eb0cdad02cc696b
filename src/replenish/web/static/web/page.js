// Improves pages that also work without it. It stores nothing beyond the step from a scanned slip to its form.
"use strict";

const SLIP = "replenish-slip";

// Hiding is instant, and Back does not lead to the page that was hidden.
for (const link of document.querySelectorAll("[data-hide]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    document.documentElement.classList.add("away");
    window.location.replace(link.href);
  });
}

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

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

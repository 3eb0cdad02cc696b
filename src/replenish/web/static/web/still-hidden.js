// Hiding the screen holds from the moment it is asked for, also where the server could not be told: a mark on this
// device keeps a person's own pages blank until the server has hidden the card itself. It loads before a page shows;
// but not with the check-in without a connection, which stands in the place of those pages and holds nothing of theirs.
"use strict";

const HIDDEN = "replenish-hidden";
const OWN = "/my/";
const QUIET = "/quiet/";
const PATIENCE = 8000;

function isMarked() {
  try {
    return window.localStorage.getItem(HIDDEN) !== null;
  } catch {
    return false;
  }
}

// The answer leads to the quiet page, which is not followed; that the server gave one is all that counts.
async function tellServer() {
  const how = { redirect: "manual", cache: "no-store", signal: window.AbortSignal.timeout(PATIENCE) };
  const answer = await window.fetch(`${OWN}hide/`, how).catch(() => null);
  if (answer && answer.status < 500) window.localStorage.removeItem(HIDDEN);
}

document.addEventListener("hiding", () => {
  try {
    window.localStorage.setItem(HIDDEN, "yes");
  } catch {
    // Where a browser keeps nothing, the server alone holds the page hidden.
  }
});

if (isMarked()) {
  if ("closed" in document.currentScript.dataset) {
    // A page in the place of a person's own, which only a server gives that has closed it.
    window.localStorage.removeItem(HIDDEN);
  } else if (window.location.pathname.startsWith(OWN)) {
    document.documentElement.classList.add("away");
    document.title = "…";
    tellServer().finally(() => window.location.replace(QUIET));
  } else if (window.location.pathname === QUIET) {
    tellServer();
  }
}

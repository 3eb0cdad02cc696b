// Lets pages be read and a check-in be given without a connection. Where the browser keeps no secrets from the
// network (http beyond this machine), nothing of this happens and the pages work as they do without script.
import { decide, forgetAll, keep, landed, learn, readiness, sealed, send, waiting } from "./offline-queue.js";

const RETRY = 30000;
const place = document.querySelector("[data-offline]");
const form = document.querySelector("form[data-pack]");
const shell = document.querySelector("[data-offline-shell]");

function show(selector, shown = true) {
  for (const part of document.querySelectorAll(selector)) part.hidden = !shown;
}

function tell(sentences) {
  place.replaceChildren(
    ...sentences.map((sentence) => {
      const line = document.createElement("p");
      line.textContent = sentence;
      return line;
    }),
  );
}

function waitingSentence(count) {
  if (count === 0) return [];
  const { one, more } = place.dataset;
  return [count === 1 ? one : more.replace("{number}", count)];
}

let toAsk = [];
const wasItYou = document.querySelector("[data-was-it-you]");
for (const button of wasItYou?.querySelectorAll("button") ?? []) {
  button.addEventListener("click", async () => {
    const asked = toAsk;
    toAsk = [];
    await decide(asked, "mine" in button.dataset);
    await sendOnce();
  });
}

async function sendAndTell() {
  let sentences = [];
  if (navigator.onLine) {
    try {
      ({ sentences, asked: toAsk } = await send(place.dataset.offline));
    } catch {
      // No connection after all, so what waits goes on waiting.
      setTimeout(sendOnce, RETRY);
    }
  }
  const left = (await waiting()).filter((item) => !item.onTheWay);
  wasItYou.hidden = toAsk.length === 0;
  if (toAsk.length) sentences = [...sentences, place.dataset.asks];
  tell(sentences.length ? sentences : waitingSentence(left.length));
  if (shell) showShell(left.length);
}

// One page at a time sends; another that comes meanwhile leaves it to that one.
function sendOnce() {
  if (!navigator.locks) return sendAndTell();
  return navigator.locks.request("replenish-send", () => sendAndTell());
}

function answersOf(sent) {
  const answers = {};
  for (const [name, value] of new FormData(sent)) {
    if (name.includes(".") && value !== "") answers[name] = Number(value);
  }
  return answers;
}

function showShell(count) {
  show("[data-when-waiting]", count > 0);
  document.querySelector("[data-questions]").open = count === 0;
}

// The answers as they are now, sealed ahead while somebody is still reading the next question.
let ahead = { said: "", item: null };

async function sealAhead() {
  const answers = answersOf(form);
  const said = JSON.stringify(answers);
  const worth = Object.keys(answers).length > 0 && !("shared" in form.dataset);
  const item = worth ? await sealed(answers, form.dataset.pack, form.dataset.packHash).catch(() => null) : null;
  ahead = { said, item };
  return item;
}

// With a connection the form goes the usual way, and is kept here meanwhile: should the way break off, nothing
// is lost, and the same id on both ways keeps it from being taken twice.
function onSubmit(event) {
  if (event.submitter?.name === "pace") return;
  if (ahead.said === JSON.stringify(answersOf(form))) {
    goTheUsualWay(ahead.item);
  } else {
    event.preventDefault();
    sealAhead().then((item) => {
      goTheUsualWay(item);
      HTMLFormElement.prototype.submit.call(form);
    });
  }
}

function goTheUsualWay(item) {
  form.elements.turn.value = item?.id ?? "";
  if (item) keep(item, { onTheWay: true }).catch(() => null);
  ahead = { said: "", item: null };
}

async function onSubmitHere(event) {
  event.preventDefault();
  const item = await sealAhead();
  if (!item) return;
  await keep(item, { onTheWay: false, here: true });
  form.reset();
  document.querySelector("#content").focus();
  await sendOnce();
}

async function begin() {
  if (document.querySelector("[data-forget]")) {
    await forgetAll();
    return;
  }
  const kept = document.querySelector("[data-kept]") !== null;
  await landed({ kept: kept || document.querySelector("[data-look-again]") !== null });
  if (navigator.onLine && document.querySelector("[data-learn]")) {
    await learn(place.dataset.offline).catch(() => null);
  }
  if (shell) {
    const ready = await readiness();
    show("[data-when-ready]", Boolean(ready));
    show("[data-when-not-ready]", !ready);
    show("[data-when-asked]", Boolean(ready?.asks));
  }
  show("[data-when-offline-works]");
  if (form && !shell) form.addEventListener("change", sealAhead);
  form?.addEventListener("submit", shell ? onSubmitHere : onSubmit);
  if (form && !shell) await sealAhead();
  window.addEventListener("online", sendOnce);
  await sendOnce();
}

if (place && window.isSecureContext && window.indexedDB && "serviceWorker" in navigator) {
  navigator.serviceWorker.register(place.dataset.worker, { scope: "/" }).catch(() => null);
  begin().catch(() => null);
}
if (form) import("./check-in-steps.js").then(({ walk }) => walk(form));

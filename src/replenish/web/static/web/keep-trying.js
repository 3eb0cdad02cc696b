// A form that cannot be sent stays on its page with all that was written, says so, and goes by itself when the
// line is back. Nothing is put into any storage of the browser: what is written is on this page alone.
const FORM = "form[data-keeps-trying]";
const PATIENCE = 20000;
const PAUSES = [2000, 4000, 8000, 15000, 30000];
const BUSY = 429;
const BROKEN = 500;
const SIGNED_OUT = [403, 404];
const REFUSED = 409;

// What is on its way: one form, and exactly what stood in it when it was sent, until it is changed or taken in.
let waiting = null;

function part(form, name) {
  return form.querySelector(`[data-trying${name}]`);
}

function say(form, word, more = "") {
  const said = part(form, `-word="${word}"`).textContent;
  const sentence = more ? `${said} ${more}` : said;
  // The same sentence said anew would be read aloud at each try.
  if (part(form, "-says").textContent !== sentence) part(form, "-says").textContent = sentence;
  part(form, "").hidden = false;
  part(form, "-sign-in").hidden = word !== "signed-out";
  part(form, "-now").hidden = word === "sending" || word === "refused";
  part(form, "-change").hidden = word === "sending" || word === "refused";
}

function fields(form) {
  return [...form.elements].filter((field) => field.type !== "hidden" && !field.closest("[data-trying]"));
}

// While it waits, what stands there is what goes: nothing that is changed meanwhile can be lost between two tries.
function hold(form, held) {
  for (const field of fields(form)) {
    if (field.matches("textarea, input:not([type=radio], [type=checkbox])")) field.readOnly = held;
    else field.disabled = held;
  }
}

function snapshot(form, submitter) {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) body.append(name, value);
  if (submitter?.name) body.append(submitter.name, submitter.value);
  return body;
}

function newKey() {
  const drawn = window.crypto.getRandomValues(new Uint8Array(16));
  return [...drawn].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function letGo() {
  window.clearTimeout(waiting?.timer);
  waiting = null;
}

function wait(word) {
  const { form } = waiting;
  say(form, word);
  const pause = PAUSES[Math.min(waiting.tries, PAUSES.length - 1)];
  waiting.tries += 1;
  window.clearTimeout(waiting.timer);
  if (word === "waits") waiting.timer = window.setTimeout(attempt, pause);
}

function release(form, more) {
  letGo();
  hold(form, false);
  if (more === undefined) return;
  say(form, "refused", more);
  // Whatever is sent next is something new.
  form.elements.once.value = newKey();
}

async function ask(address, how) {
  return window.fetch(address, {
    ...how, credentials: "same-origin", cache: "no-store", signal: window.AbortSignal.timeout(PATIENCE),
  });
}

// Signing in gives the page a new key against forged forms; the form takes it over, and stays what it is.
async function renewToken() {
  const response = await ask(window.location.href, {});
  if (!response.ok) return false;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const token = page.querySelector(`${FORM} [name=csrfmiddlewaretoken]`)?.value;
  if (token) waiting.body.set("csrfmiddlewaretoken", token);
  return Boolean(token);
}

function show(page) {
  document.title = page.title;
  document.querySelector("main").replaceChildren(...page.querySelector("main").childNodes);
  document.dispatchEvent(new Event("redrawn"));
  const problems = document.querySelector(".problems");
  (problems?.querySelector("a") ?? document.querySelector("main")).focus();
  window.scrollTo(0, 0);
}

async function answered(response) {
  if (response.status >= BROKEN || response.status === BUSY) return wait("waits");
  if (SIGNED_OUT.includes(response.status)) {
    waiting.stale = true;
    return wait("signed-out");
  }
  if (response.redirected && response.ok) {
    letGo();
    return window.location.replace(response.url);
  }
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  if (response.status === REFUSED) return release(waiting.form, page.querySelector("main p")?.textContent ?? "");
  letGo();
  return show(page);
}

async function attempt() {
  if (!waiting || waiting.busy) return;
  const mine = waiting;
  mine.busy = true;
  window.clearTimeout(mine.timer);
  try {
    if (mine.stale && !(await renewToken())) {
      if (mine === waiting) wait("signed-out");
      return;
    }
    const response = await ask(mine.form.action, { method: "POST", body: mine.body });
    if (mine === waiting) await answered(response);
  } catch {
    if (mine === waiting) wait("waits");
  } finally {
    mine.busy = false;
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches(FORM) || event.defaultPrevented) return;
  event.preventDefault();
  if (waiting) return;
  waiting = { form, body: snapshot(form, event.submitter), tries: 0, timer: null, busy: false, stale: false };
  hold(form, true);
  say(form, "sending");
  attempt();
});

document.addEventListener("click", ({ target }) => {
  if (target.closest("[data-trying-now]")) attempt();
  if (!target.closest("[data-trying-change]") || !waiting) return;
  const { form } = waiting;
  // It may have arrived although no answer came back. Under a new key, nothing that is written now is taken for it.
  form.elements.once.value = newKey();
  letGo();
  hold(form, false);
  part(form, "").hidden = true;
  fields(form).find((field) => field.matches("textarea, input"))?.focus();
});

for (const back of ["online", "focus"]) window.addEventListener(back, attempt);
document.addEventListener("visibilitychange", () => { if (!document.hidden) attempt(); });

// Whoever hides the screen is gone at once, and is asked nothing.
document.addEventListener("hiding", letGo);
window.addEventListener("beforeunload", (event) => { if (waiting) event.preventDefault(); });

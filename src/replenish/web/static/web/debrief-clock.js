// A quiet clock beside the steps of a debrief, and a word of warning before what was written is lost. The page is
// whole without it. It keeps nothing, ends nothing by itself, and asks nobody for anything.
const MINUTE = 60000;
const TICK = 1000;

function startClock(clock) {
  const part = (name) => clock.querySelector(`[data-${name}]`);
  const word = (name, open = {}) => {
    const said = clock.querySelector(`[data-word="${name}"]`).textContent;
    return said.replace(/\{(\w+)\}/g, (_whole, key) => open[key]);
  };
  const steps = [...document.querySelectorAll(".debrief-steps > li")];
  const whole = steps.reduce((sum, step) => sum + Number(step.dataset.minutes) * MINUTE, 0);
  let at = -1;
  let begun = 0;
  let stepBegun = 0;
  let ticking = null;

  // Only what changes is written: a screen reader reads it once a minute, not once a second.
  const write = (name, words) => {
    if (part(name).textContent !== words) part(name).textContent = words;
  };
  const up = (left) => Math.ceil(left / MINUTE);

  function draw() {
    if (!clock.isConnected) return window.clearInterval(ticking);
    const now = Date.now();
    const all = begun + whole - now;
    const mine = stepBegun + Number(steps[at].dataset.minutes) * MINUTE - now;
    if (all <= 0) write("left", word("all-over"));
    else if (mine <= 0) write("left", word("over"));
    else write("left", word("left", { minutes: up(mine) }));
    write("of", word("of", { step: at + 1, steps: steps.length, minutes: Math.max(0, up(all)) }));
    return undefined;
  }

  function go(to) {
    at = to;
    stepBegun = Date.now();
    steps.forEach((step, place) => {
      if (place === at) step.setAttribute("aria-current", "step");
      else step.removeAttribute("aria-current");
    });
    part("next").hidden = at === steps.length - 1;
    draw();
  }

  part("begin").addEventListener("click", () => {
    begun = Date.now();
    part("begin").hidden = true;
    go(0);
    ticking = window.setInterval(draw, TICK);
    part("next").focus();
  });
  part("next").addEventListener("click", () => {
    go(at + 1);
    if (part("next").hidden) part("left").focus();
    steps[at].scrollIntoView({ block: "start" });
  });
  document.addEventListener("visibilitychange", () => {
    if (at >= 0 && !document.hidden) draw();
  });
  const minutes = document.getElementById("minutes");
  minutes?.addEventListener("focus", () => {
    if (minutes.value || at < 0) return;
    minutes.value = String(Math.max(1, Math.round((Date.now() - begun) / MINUTE)));
    minutes.select();
  });
  part("left").textContent = word("first");
  part("left").tabIndex = -1;
  for (const each of clock.querySelectorAll("[data-timed]")) each.hidden = false;
}

function startClocks() {
  for (const clock of document.querySelectorAll("[data-debrief-clock]")) startClock(clock);
}

let leaving = false;
const written = () => [...document.querySelectorAll(".learnt textarea")].some((field) => field.value.trim());
document.addEventListener("hiding", () => { leaving = true; });
document.addEventListener("submit", () => { leaving = true; });
document.addEventListener("click", ({ target }) => { if (target.closest("[data-trying-change]")) leaving = false; });
document.addEventListener("redrawn", () => {
  leaving = false;
  startClocks();
});
window.addEventListener("beforeunload", (event) => {
  if (!leaving && written()) event.preventDefault();
});
startClocks();

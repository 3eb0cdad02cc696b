// The clock of a session: which part it is, and how much of it is left. The page is whole without it, with plain
// times; it keeps nothing, sends nothing, and starts anew with the page.
const SECOND = 1000;
const MINUTE = 60000;

function begin(clock) {
  const part = (name) => clock.querySelector(`[data-${name}]`);
  const word = (name, filled = {}) => Object.entries(filled).reduce(
    (said, [place, value]) => said.replaceAll(`{${place}}`, value),
    clock.querySelector(`[data-word="${name}"]`).textContent,
  );
  const slots = [...document.querySelectorAll("[data-slot]")];
  const kept = document.querySelector("[data-kept]");
  const agreed = Number(clock.dataset.agreed);
  const spent = slots.map(() => 0);
  let now = -1;
  let since = null; // the moment this stretch began, so that a sleeping page does not slow it
  let ticking = null;

  const length = (place) => Number(slots[place].dataset.slot) * MINUTE;
  const used = (place) => spent[place] + (place === now && since !== null ? Date.now() - since : 0);

  function drawKept() {
    const minutes = slots.reduce((sum, slot, place) => sum + ("reflective" in slot.dataset ? used(place) : 0), 0) / MINUTE;
    kept.setAttribute("width", Math.min(100, (100 * minutes) / Number(clock.dataset.minutes)).toFixed(1));
    const said = word("kept", { minutes: Math.floor(minutes), agreed });
    if (part("so-far").textContent !== said) part("so-far").textContent = said;
  }

  function draw() {
    slots.forEach((slot, place) => {
      if (place === now) slot.setAttribute("aria-current", "step");
      else slot.removeAttribute("aria-current");
    });
    if (now >= 0) {
      const left = Math.ceil((length(now) - used(now)) / MINUTE);
      const heading = slots[now].querySelector("[data-heading]").textContent;
      const said = word(left > 0 ? "left" : "over", { heading, minutes: Math.max(0, left) });
      if (part("now").textContent !== said) part("now").textContent = said;
    }
    drawKept();
    part("begin").hidden = since !== null;
    part("pause").hidden = since === null;
    part("next").hidden = now < 0 || now === slots.length - 1;
  }

  function settle() {
    if (since !== null) spent[now] += Date.now() - since;
    since = null;
    window.clearInterval(ticking);
  }

  function run() {
    since = Date.now();
    ticking = window.setInterval(draw, SECOND);
    draw();
  }

  part("begin").addEventListener("click", () => {
    if (now < 0) now = 0;
    run();
    part("pause").focus();
  });
  part("pause").addEventListener("click", () => {
    settle();
    draw();
    part("begin").textContent = word("go-on");
    part("begin").focus();
  });
  part("next").addEventListener("click", () => {
    settle();
    now += 1;
    run();
    (part("next").hidden ? part("pause") : part("next")).focus();
  });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) draw(); });
  clock.hidden = false;
  draw();
}

for (const clock of document.querySelectorAll("[data-session-clock]")) begin(clock);

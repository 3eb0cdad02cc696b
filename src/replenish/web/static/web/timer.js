// A quiet timer beside a practice. The page is whole without it; it keeps nothing and asks nobody for anything.
"use strict";

const TICK = 1000;
const MINUTE = 60000;
const TRACK = { from: 30, to: 290, high: 26, low: 88 };
const still = window.matchMedia("(prefers-reduced-motion: reduce)");

for (const timer of document.querySelectorAll("[data-timer]")) {
  const part = (name) => timer.querySelector(`[data-${name}]`);
  const word = (name) => timer.querySelector(`[data-word="${name}"]`).textContent;
  const whole = Number(timer.dataset.timer) * MINUTE;
  const sound = { on: null };
  let left = whole;
  let until = null; // the moment at which it ends while it runs, so that a sleeping page does not slow it
  let ticking = null;

  const remaining = () => (until === null ? left : Math.max(0, until - Date.now()));

  function draw() {
    const minutes = Math.max(1, Math.ceil(remaining() / MINUTE));
    const words = timer.querySelector(`[data-minutes="${minutes}"]`).textContent;
    if (part("left").textContent !== words) part("left").textContent = words;
    // Who wants less motion sees the sun move once a minute only, with the words.
    const shown = still.matches ? minutes * MINUTE : remaining();
    const gone = 1 - Math.min(1, shown / whole);
    part("sun").setAttribute("cx", (TRACK.from + gone * (TRACK.to - TRACK.from)).toFixed(1));
    part("sun").setAttribute("cy", (TRACK.high + gone * gone * (TRACK.low - TRACK.high)).toFixed(1));
  }

  function say(name) {
    part("says").textContent = word(name);
  }

  function tone() {
    if (!part("tone").checked || sound.on === null) return;
    const now = sound.on.currentTime;
    const voice = sound.on.createOscillator();
    const loud = sound.on.createGain();
    voice.frequency.value = 330;
    loud.gain.setValueAtTime(0.0001, now);
    loud.gain.linearRampToValueAtTime(0.12, now + 0.4);
    loud.gain.exponentialRampToValueAtTime(0.0001, now + 4);
    voice.connect(loud).connect(sound.on.destination);
    voice.start(now);
    voice.stop(now + 4);
  }

  // A browser allows sound only where somebody has just tapped something.
  function allowTone() {
    if (part("tone").checked && sound.on === null && window.AudioContext) sound.on = new window.AudioContext();
  }

  function show(state) {
    part("begin").textContent = state === "paused" ? word("go-on") : part("begin").dataset.first;
    part("begin").hidden = state === "running";
    part("pause").hidden = state !== "running";
    part("stop").hidden = state === "waiting";
  }

  function rest(state) {
    window.clearInterval(ticking);
    left = state === "paused" ? remaining() : whole;
    until = null;
    show(state);
  }

  function tick() {
    draw();
    if (remaining() > 0) return;
    part("left").textContent = word("over");
    say("over");
    tone();
    const hadFocus = timer.contains(document.activeElement);
    rest("waiting");
    if (hadFocus) part("begin").focus();
  }

  part("begin").dataset.first = part("begin").textContent;
  part("begin").addEventListener("click", () => {
    allowTone();
    until = Date.now() + left;
    ticking = window.setInterval(tick, TICK);
    show("running");
    part("pause").focus();
    say("begun");
    draw();
  });
  part("pause").addEventListener("click", () => {
    rest("paused");
    part("begin").focus();
    say("paused");
  });
  part("stop").addEventListener("click", () => {
    rest("waiting");
    part("begin").focus();
    part("says").textContent = "";
    draw();
  });
  part("tone").addEventListener("change", allowTone);
  document.addEventListener("visibilitychange", () => {
    if (until !== null && !document.hidden) tick();
  });

  timer.hidden = false;
  draw();
}

// One question at a time, for whoever finds that calmer. All questions are on the page; this shows one of them.

export function walk(form) {
  const steps = [...form.querySelectorAll("fieldset.question")];
  const [back, next, send] = ["back", "next", "send"].map((name) => form.querySelector(`[data-${name}]`));
  const paces = [...form.querySelectorAll("button[name=pace]")];
  if (!next || steps.length < 2) return;
  let at = 0;

  function draw() {
    const one = form.dataset.pace === "one";
    document.documentElement.classList.toggle("one-question", one);
    steps.forEach((step, number) => {
      step.hidden = one && number !== at;
      step.querySelector("[data-step]").hidden = !one;
    });
    back.hidden = !one || at === 0;
    next.hidden = !one || at === steps.length - 1;
    send.hidden = one && at < steps.length - 1;
    for (const button of paces) button.hidden = button.value === form.dataset.pace;
  }

  function go(by) {
    at += by;
    draw();
    // The question is read out, and the next Tab leads to its answers.
    settle();
  }

  function settle() {
    steps[at].focus({ preventScroll: true });
    if (form.dataset.pace === "one") window.scrollTo({ top: 0, behavior: "instant" });
    else steps[at].scrollIntoView({ block: "start", behavior: "instant" });
  }

  for (const step of steps) step.tabIndex = -1;
  next.addEventListener("click", () => go(1));
  back.addEventListener("click", () => go(-1));
  for (const button of paces) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      form.dataset.pace = button.value;
      draw();
      settle();
      // Remembered in the box when there is a connection; the answers stay on the page.
      const body = new URLSearchParams({
        pace: button.value, csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken?.value ?? "",
      });
      if (form.elements.csrfmiddlewaretoken) fetch(form.action, { method: "POST", body }).catch(() => null);
    });
  }
  // A problem is shown with all questions in sight, so that the links at the top lead to them.
  if (document.querySelector("[data-look-again]")) form.dataset.pace = "all";
  form.querySelector("[data-paces]").hidden = false;
  draw();
}

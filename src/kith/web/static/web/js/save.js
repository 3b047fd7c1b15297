// The save button lights up when everything required is there, and says what is still needed.
import { each, on } from "./dom.js";

const label = (control) => {
  const words = control.labels?.[0]?.textContent || control.getAttribute("aria-label") || "";
  return words.replace("*", "").trim();
};

const missing = (form) => [...form.elements].filter((c) => c.required && !c.value.trim() && c.type !== "hidden");

const light = (form) => {
  const button = form.querySelector("[data-save]");
  if (!button) return;
  const lacking = missing(form);
  const why = form.querySelector("[data-why]");
  button.classList.toggle("waiting", lacking.length > 0);
  if (!why) return;
  why.dataset.said ??= why.textContent;
  why.textContent = lacking.length ? `${why.dataset.missing} ${lacking.map(label).join(", ")}` : why.dataset.said;
};

each("form:has([data-save])", light);
on("input", "form", (event, form) => light(form));
on("change", "form", (event, form) => light(form));
// What is to be put right is ready to be typed; the box is read out as it comes.
each("[data-focus-first]", (box) => {
  const wrong = [...(box.closest("form")?.querySelectorAll("[aria-invalid=true]") ?? [])];
  (wrong.find((control) => control.offsetParent) ?? box).focus();
});

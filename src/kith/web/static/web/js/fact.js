// A fact being changed where it stands: the control takes focus, Esc cancels, Enter saves, and
// afterwards the focus is where it was before.
import { on } from "./dom.js";

let left = null;

document.addEventListener("htmx:beforeSwap", (event) => {
  const fact = event.detail.target.closest?.(".k-fact");
  if (fact?.contains(document.activeElement) && fact.querySelector("[data-fact-form]")) left = fact.id;
});

document.addEventListener("htmx:afterSettle", (event) => {
  const form = event.detail.elt.querySelector?.("[data-fact-form]") ?? document.querySelector("[data-fact-form]:not([data-met])");
  if (!form) {
    const fact = left && document.getElementById(left);
    left = null;
    fact?.querySelector("[data-edit-fact]")?.focus();
    return;
  }
  form.setAttribute("data-met", "");
  // With its Save, once the other modules have made of it what it will be.
  requestAnimationFrame(() => form.scrollIntoView({ block: "nearest" }));
  const clash = form.querySelector("[data-clash]");
  if (clash) return clash.focus(); // Not the field: a second Enter there was meant for the first answer.
  const control = form.querySelector("[aria-invalid=true]:not([type=radio]), input[type=radio]:checked:not([name$=-primary])") ?? form.querySelector("input:not([type=hidden]), select, textarea");
  if (!control || control.matches("[data-choice]")) return; // choice.js takes the focus, when it stands.
  control.focus();
  control.select?.();
});

// A dropdown would open on Enter; Space and the arrows do that too.
on("keydown", "[data-fact-form] select", (event, select) => {
  if (event.key !== "Enter") return;
  event.preventDefault();
  select.form.requestSubmit();
});

on("keydown", "[data-fact-form]", (event, form) => {
  if (event.key !== "Escape" || event.defaultPrevented) return;
  event.preventDefault();
  window.htmx.ajax("GET", form.dataset.cancel, { target: form.getAttribute("hx-target"), swap: "outerHTML" });
});

// A click anywhere on the value changes it, unless it is a link or text being selected.
on("click", ".k-fact dd", (event, value) => {
  if (event.target.closest("a, button, form") || !getSelection().isCollapsed) return;
  value.querySelector("[data-edit-fact]")?.click();
});

// A fact being changed where it stands: the control takes focus, Esc cancels, Enter saves.
import { on } from "./dom.js";

document.addEventListener("htmx:afterSettle", (event) => {
  const form = event.detail.elt.querySelector?.("[data-fact-form]") ?? document.querySelector("[data-fact-form]:not([data-met])");
  if (!form) return;
  form.setAttribute("data-met", "");
  const control = form.querySelector("input:not([type=hidden]), select, textarea");
  control?.focus();
  control?.select?.();
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

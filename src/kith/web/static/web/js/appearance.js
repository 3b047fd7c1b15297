// Theme, navigation and density change at once; the server draws the next page the same way.
import { on, remember } from "./dom.js";

const ATTRIBUTES = { theme: "data-bs-theme", nav: "data-nav", density: "data-density" };

on("click", "[data-appearance]", (event, button) => {
  event.preventDefault();
  const name = button.dataset.appearance;
  const root = document.documentElement;
  const value = button.dataset.values ? other(button, root.getAttribute(ATTRIBUTES[name])) : button.value;
  if (value === "auto") root.removeAttribute(ATTRIBUTES[name]);
  else root.setAttribute(ATTRIBUTES[name], value);
  remember(name, value);
  if (name === "density") keep(button, value);
  const group = button.closest("[role=group]");
  group?.querySelectorAll("[aria-pressed]").forEach((b) => b.setAttribute("aria-pressed", String(b === button)));
  if (name === "nav") button.setAttribute("aria-expanded", String(value === "wide"));
});

// The user has it in every browser.
const keep = (button, value) => {
  const body = new FormData(button.form);
  body.set("density", value);
  fetch(button.form.action, { method: "POST", body: new URLSearchParams(body), redirect: "manual" });
};

const other = (button, now) => {
  const [first, second] = button.dataset.values.split(" ");
  const narrow = button.dataset.appearance === "nav" && !now && innerWidth < 1024;
  return now === first || narrow ? second : first;
};

on("click", "[data-rail]", (event, button) => {
  const open = document.getElementById("rail").classList.toggle("open");
  button.setAttribute("aria-expanded", String(open));
});
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-rail], #rail")) return;
  document.getElementById("rail")?.classList.remove("open");
  document.querySelector("[data-rail]")?.setAttribute("aria-expanded", "false");
});
on("click", "[data-focus]", (event, button) => document.querySelector(button.dataset.focus)?.focus());

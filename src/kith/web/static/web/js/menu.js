// <details class="k-menu">: closes elsewhere and on Esc, arrows walk through it.
import { on } from "./dom.js";

const items = (menu) => [...menu.querySelectorAll(".dropdown-menu :is(a, button, summary, input)")].filter((i) => i.offsetParent);

document.addEventListener("click", (event) => {
  document.querySelectorAll("details.k-menu[open]").forEach((menu) => {
    const chosen = event.target.closest(".dropdown-menu a, .dropdown-menu button:not([data-move])");
    if (!menu.contains(event.target) || chosen) menu.open = false;
  });
});

document.addEventListener("toggle", (event) => {
  const menu = event.target;
  if (!menu.matches?.("details.k-menu")) return;
  const panel = menu.querySelector(":scope > .dropdown-menu");
  if (!menu.open || !panel) return;
  menu.classList.remove("up");
  const box = panel.getBoundingClientRect();
  if (box.bottom > innerHeight && box.height < menu.getBoundingClientRect().top) menu.classList.add("up");
  if (box.right > innerWidth) menu.classList.add("right");
  panel.querySelector("[autofocus]")?.focus(); // Else what is typed to find would be the page's keys.
}, true);

on("keydown", "details.k-menu[open]", (event, menu) => {
  if (event.key === "Escape") {
    menu.open = false;
    menu.querySelector("summary").focus();
    event.preventDefault(); // One Esc closes one thing.
    event.stopPropagation();
    return;
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || event.altKey || event.target.matches("input:not([type=checkbox],[type=radio])")) return;
  const all = items(menu);
  const next = all[(all.indexOf(document.activeElement) + step + all.length) % all.length];
  next?.focus();
  event.preventDefault();
});

// A menu that a poll draws again stays as open as it was.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const menu = detail.target.querySelector?.("details[data-stay][open]");
  if (menu) detail.serverResponse = detail.serverResponse.replace(`data-stay="${menu.dataset.stay}"`, "$& open");
});

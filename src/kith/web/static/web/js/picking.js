// Where a row is a block without a tick: "Select", or a long press, shows the ticks, and then a tap
// anywhere in a row ticks it.
import { on } from "./dom.js";
import { toggle } from "./selection.js";

const LONG = 500;
const SLIP = 10;
const mark = document.documentElement;
const blocks = matchMedia("(max-width: 767px)");
let timer = 0;
let from = null;
let pressed = false;

const picking = () => blocks.matches && "picking" in mark.dataset;
const tickable = (row) => row.querySelector("input[name=id]") !== null;
const anyTicked = () => document.querySelector("[data-rows] tbody input[name=id]:checked") !== null;

const pick = (yes) => {
  if (yes) mark.dataset.picking = "";
  else delete mark.dataset.picking;
  document.querySelector("[data-pick]")?.setAttribute("aria-pressed", String(yes));
};

const stop = () => clearTimeout(timer);

on("click", "[data-pick]", () => {
  if (picking()) document.querySelector("[data-clear]")?.click();
  else pick(true);
});
on("click", "[data-clear]", () => pick(false));

on("pointerdown", "[data-rows] tbody tr", (event, row) => {
  stop();
  pressed = false;
  if (event.pointerType !== "touch" || !blocks.matches || !tickable(row)) return;
  if (event.target.closest("[data-grip]")) return; // That is carried.
  from = event;
  timer = setTimeout(() => {
    pressed = true;
    pick(true);
    toggle(row, false);
    navigator.vibrate?.(10);
  }, LONG);
});
document.addEventListener("pointermove", (event) => {
  if (from && Math.hypot(event.clientX - from.clientX, event.clientY - from.clientY) > SLIP) stop();
});
["pointerup", "pointercancel", "scroll"].forEach((type) => document.addEventListener(type, stop, true));

// The press has done its work: neither the link's menu nor the link itself is wanted.
on("contextmenu", "[data-rows] tbody tr", (event) => {
  if (pressed) event.preventDefault();
});
document.addEventListener("click", (event) => {
  const row = event.target.closest?.("[data-rows] tbody tr");
  if (!row || !blocks.matches || event.target.closest(".k-check")) return;
  if (!pressed && !(picking() && tickable(row))) return;
  event.preventDefault();
  event.stopPropagation();
  if (!pressed) toggle(row, event.shiftKey);
  pressed = false;
}, true);

// Another page of the list goes on so; who comes back to ticks finds them shown.
document.addEventListener("htmx:afterSettle", () => pick(picking()));
addEventListener("pageshow", () => pick(anyTicked()));

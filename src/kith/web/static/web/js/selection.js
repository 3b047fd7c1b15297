// Ticks in the list: shift selects a range, the head selects the page, the bar can mean all matches.
import { on } from "./dom.js";

let last = null;
const ticks = () => [...document.querySelectorAll("[data-rows] tbody input[name=id]")];

const count = () => {
  const all = ticks();
  const chosen = all.filter((t) => t.checked).length;
  const head = document.querySelector("[data-rows] [data-all]");
  const bar = document.querySelector("[data-selected]");
  const matches = document.querySelector("[data-all-matches]");
  if (head) {
    head.checked = chosen > 0 && chosen === all.length;
    head.indeterminate = chosen > 0 && chosen < all.length;
  }
  if (matches && chosen < all.length) setAll(false);
  if (bar) bar.textContent = matches?.value ? bar.dataset.every : `${chosen} ${bar.dataset.word}`;
};

const setAll = (yes) => {
  const button = document.querySelector("[data-select-all]");
  document.querySelector("[data-all-matches]").value = yes ? "1" : "";
  button?.setAttribute("aria-pressed", String(yes));
};

const range = (tick) => {
  const all = ticks();
  const [from, to] = [all.indexOf(last), all.indexOf(tick)].sort((a, b) => a - b);
  if (from >= 0) all.slice(from, to + 1).forEach((t) => (t.checked = tick.checked));
};

export const toggle = (row, shift) => {
  const tick = row.querySelector("input[name=id]");
  if (!tick) return;
  tick.checked = !tick.checked;
  if (shift && last?.isConnected) range(tick);
  last = tick;
  count();
};

on("click", "[data-rows] tbody input[name=id]", (event, tick) => {
  if (event.shiftKey && last?.isConnected) range(tick);
  last = tick;
  count();
});
on("change", "[data-rows] [data-all]", (event, head) => {
  ticks().forEach((t) => (t.checked = head.checked));
  count();
});
on("click", "[data-select-page]", () => {
  ticks().forEach((t) => (t.checked = true));
  count();
});
on("click", "[data-clear]", () => {
  ticks().forEach((t) => (t.checked = false));
  count();
});
on("click", "[data-select-all]", () => {
  ticks().forEach((t) => (t.checked = true));
  setAll(true);
  count();
});
document.addEventListener("htmx:afterSettle", count);
// Who comes back finds their ticks as they were; that all matches are meant is to be said anew.
addEventListener("pageshow", () => {
  if (document.querySelector("[data-all-matches]")) setAll(false);
  count();
});

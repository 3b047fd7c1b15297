// The list by keyboard: j k move, x selects, Enter opens, Space peeks, e edits, Esc selects none.
import { layerOpen, typing } from "./dom.js";
import { toggle } from "./selection.js";
import { peek, peeking } from "./peek.js";

const rows = () => [...document.querySelectorAll("[data-rows] tbody tr[data-href]")];
const current = () => document.querySelector("[data-rows] tr.here");

const go = (step) => {
  const all = rows();
  const index = all.indexOf(current());
  const next = all[index < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, index + step))];
  if (!next) return;
  current()?.classList.remove("here");
  next.classList.add("here");
  next.scrollIntoView({ block: "nearest" });
  next.querySelector("a[href]")?.focus({ preventScroll: true });
  if (peeking()) peek(next.dataset.href);
};

const end = () => {
  const ticked = document.querySelector("[data-rows] tbody input[name=id]:checked");
  if (ticked && !document.querySelector("details.k-menu[open]")) document.querySelector("[data-clear]")?.click();
};

const ACTIONS = {
  j: () => go(1),
  k: () => go(-1),
  x: (row, event) => row && toggle(row, event.shiftKey),
  X: (row) => row && toggle(row, true),
  " ": (row) => (row?.closest("[data-peeks]") ? peek(row.dataset.href) : false),
  e: (row) => row?.dataset.edit && location.assign(row.dataset.edit),
  Enter: (row, event) => row?.dataset.href && !event.target.closest("a, button, summary, input") && location.assign(row.dataset.href),
  Escape: end,
};

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (typing(event.target) || layerOpen() || !document.querySelector("[data-rows]")) return;
  if (event.key === " " && event.target.closest("button, summary, input")) return;
  const act = ACTIONS[event.key];
  if (!act) return;
  if (act(current(), event) !== false && event.key !== "Enter" && (current() || "jk".includes(event.key))) event.preventDefault();
});

document.addEventListener("focusin", (event) => {
  const row = event.target.closest?.("[data-rows] tr[data-href]");
  if (!row || row === current()) return;
  current()?.classList.remove("here");
  row.classList.add("here");
});

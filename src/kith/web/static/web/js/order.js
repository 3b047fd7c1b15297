// Puts the items of a [data-order] list in order: by dragging, by Alt with the arrows, and by the
// buttons that without scripts ask the server. [data-order-said] tells where one now stands.
import { on } from "./dom.js";
import { draggable } from "./dragging.js";

const say = (item) => {
  const said = item.closest("form")?.querySelector("[data-order-said]");
  const all = [...item.parentElement.children];
  if (said) said.textContent = `${item.querySelector("label, [data-label]").textContent.trim()} ${all.indexOf(item) + 1}/${all.length}`;
  item.closest("form")?.dispatchEvent(new Event("change", { bubbles: true }));
};

const move = (item, step) => {
  const next = step < 0 ? item.previousElementSibling : item.nextElementSibling;
  if (!next) return;
  const focused = document.activeElement;
  if (step < 0) next.before(item);
  else next.after(item);
  if (item.contains(focused)) focused.focus();
  item.scrollIntoView({ block: "nearest" });
  say(item);
};

on("click", "[data-order] [data-move]", (event, button) => {
  event.preventDefault();
  move(button.closest("li"), Number(button.dataset.move));
});
on("keydown", "[data-order] > li", (event, item) => {
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (!step || !event.altKey) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  move(item, step);
});

draggable("[data-order] > li", (item) => item, say);

// What is ticked among the rest comes behind those that are shown, to be put in order with them.
on("change", ".k-columns li input", (event, tick) => {
  const list = tick.closest("form").querySelector("[data-order-ticked]");
  if (!tick.checked || list.contains(tick)) return;
  const item = tick.closest("li");
  const grip = list.querySelector("[data-grip]");
  if (grip) item.append(grip.cloneNode(true));
  list.append(item);
  tick.focus();
  say(item);
});

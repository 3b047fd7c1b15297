// Carries an item among those beside it: by mouse from anywhere on it, by finger or pen from its
// [data-grip], for elsewhere a finger scrolls. Escape, or the browser taking over, puts it back.
import { on } from "./dom.js";

const FAR = 4;
const EDGE = 72;
const SPEED = 10;
let drag = null;

// `selector`: where a press may begin it. `itemOf` gives the item; `dropped(item, by)` is told how
// many places further it lies, unless it lies where it did.
export const draggable = (selector, itemOf, dropped) =>
  on("pointerdown", selector, (event, element) => {
    if (drag || event.button || !event.isPrimary) return;
    if (event.pointerType !== "mouse" && !event.target.closest("[data-grip]")) return;
    const item = itemOf(element);
    drag = { item, dropped, id: event.pointerId, x: event.clientX, y: event.clientY, begun: false };
  });

const scrollerOf = (element) => {
  for (let each = element.parentElement; each; each = each.parentElement) {
    const way = getComputedStyle(each).overflowY;
    if (each.scrollHeight > each.clientHeight + 1 && (way === "auto" || way === "scroll")) return each;
  }
  return document.scrollingElement;
};

const begin = () => {
  const list = drag.item.parentElement;
  Object.assign(drag, { begun: true, list, from: [...list.children], scroller: scrollerOf(list) });
  // The list and not the item, which loses it whenever it is put elsewhere.
  list.setPointerCapture(drag.id);
  drag.item.classList.add("dragged");
  document.documentElement.classList.add("dragging");
  requestAnimationFrame(scroll);
};

const place = () => {
  const { item, list, y } = drag;
  const below = [...list.children].find((each) => {
    const { top, height } = each.getBoundingClientRect();
    return each !== item && y < top + height / 2;
  });
  if (below && below !== item.nextElementSibling) below.before(item);
  else if (!below && item !== list.lastElementChild) list.append(item);
};

const scroll = () => {
  if (!drag?.begun) return;
  const root = drag.scroller === document.scrollingElement;
  const { top, bottom } = root ? { top: 0, bottom: innerHeight } : drag.scroller.getBoundingClientRect();
  const step = drag.y < Math.max(top, 0) + EDGE ? -SPEED : drag.y > Math.min(bottom, innerHeight) - EDGE ? SPEED : 0;
  if (step) {
    drag.scroller.scrollBy(0, step);
    place();
  }
  requestAnimationFrame(scroll);
};

const end = (keep) => {
  const { item, list, from, begun, dropped } = drag;
  drag = null;
  if (!begun) return;
  item.classList.remove("dragged");
  document.documentElement.classList.remove("dragging");
  if (!keep) list.append(...from);
  const by = [...list.children].indexOf(item) - from.indexOf(item);
  if (by) dropped(item, by);
};

document.addEventListener("pointermove", (event) => {
  if (event.pointerId !== drag?.id) return;
  if (!drag.begun && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) > FAR) begin();
  if (!drag.begun) return;
  drag.y = event.clientY;
  place();
});
document.addEventListener("pointerup", (event) => event.pointerId === drag?.id && end(true));
document.addEventListener("pointercancel", (event) => event.pointerId === drag?.id && end(false));
addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !drag?.begun) return;
  event.stopImmediatePropagation();
  event.preventDefault();
  end(false);
}, true);

// A row of a list kept by the server: its button [data-by], which moves it by one, is pressed for as
// many places as the row was carried.
draggable("[data-grip=row]", (grip) => grip.closest("tr, li"), (row, by) => {
  const button = row.querySelector("[data-by]");
  button.value = button.dataset.by.replace("N", String(by));
  button.disabled = false;
  button.click();
});

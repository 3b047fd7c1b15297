// How wide a column is: by dragging the edge of its head, or by the arrows while that edge has the
// focus; Home, or two clicks, makes it as wide as it needs again. The server remembers it.
import { on } from "./dom.js";

const STEP = 16;
const LEAST = 64;
const MOST = 1200;
const PADDING = 24;
let drag = null;
const timers = new WeakMap();

const parts = (grip) => {
  const head = grip.closest("th");
  const table = head.closest("table");
  return { head, table, index: head.cellIndex, col: table.querySelectorAll("col")[head.cellIndex] };
};

const set = (grip, width) => {
  const { head, table, index, col } = parts(grip);
  const pixels = width && Math.round(Math.min(MOST, Math.max(LEAST, width)));
  if (pixels) col.setAttribute("width", pixels);
  else col.removeAttribute("width");
  head.querySelector(".k-strut").setAttribute("width", Math.max(0, (pixels || 0) - PADDING));
  table.querySelectorAll("tr").forEach((row) => row.cells[index]?.classList.toggle("sized", Boolean(pixels)));
  grip.setAttribute("aria-valuenow", pixels || head.offsetWidth);
  clearTimeout(timers.get(grip));
  timers.set(grip, setTimeout(() => keep(grip, pixels), 400));
};

const keep = (grip, pixels) => {
  const list = grip.closest("[data-widths]");
  const token = list?.querySelector("[name=csrfmiddlewaretoken]")?.value;
  if (!token) return;
  const body = new URLSearchParams({ csrfmiddlewaretoken: token, column: grip.dataset.column, width: pixels || "" });
  fetch(list.dataset.widths, { method: "POST", body, headers: { "HX-Request": "true" } });
};

const mirrored = () => (document.documentElement.dir === "rtl" ? -1 : 1);

on("pointerdown", ".k-grip", (event, grip) => {
  event.preventDefault();
  grip.setPointerCapture(event.pointerId);
  drag = { grip, from: event.clientX, width: parts(grip).head.offsetWidth };
});
on("pointermove", ".k-grip", (event) => {
  if (drag) set(drag.grip, drag.width + (event.clientX - drag.from) * mirrored());
});
["pointerup", "pointercancel"].forEach((type) => on(type, ".k-grip", () => (drag = null)));
on("dblclick", ".k-grip", (event, grip) => set(grip, 0));
on("keydown", ".k-grip", (event, grip) => {
  const step = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key];
  if (step) set(grip, parts(grip).head.offsetWidth + step * mirrored());
  else if (event.key === "Home") set(grip, 0);
  else return;
  event.preventDefault();
});

// The column that stays in sight is set off from those that have gone under it.
document.addEventListener("scroll", ({ target }) => {
  if (target.matches?.(".k-scroll")) target.toggleAttribute("data-scrolled", target.scrollLeft !== 0);
}, true);

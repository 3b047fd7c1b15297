// A list shows what a job has changed as soon as the job ends, and stays where it was; ticks are
// not taken from who is setting them. A page that says so comes anew as a whole. Wherever else one
// is by then, a short message says what has ended.
import { layerOpen, typing } from "./dom.js";
import { show } from "./toast.js";

const ids = () => new Set(document.getElementById("jobs")?.dataset.running.split(" ").filter(Boolean));
let running = ids();

const busy = () =>
  layerOpen() || document.querySelector("[data-rows] tbody input[name=id]:checked, #list details[open], #list form[data-dirty]");

const renew = async () => {
  const top = document.querySelector("#list .k-scroll")?.scrollTop ?? 0;
  const here = document.querySelector("[data-rows] tr.here")?.dataset.href;
  await window.htmx.ajax("GET", location.pathname + location.search, { target: "#list", swap: "outerHTML" });
  document.querySelector("#list .k-scroll")?.scrollTo({ top });
  if (here) document.querySelector(`[data-rows] tr[data-href="${CSS.escape(here)}"]`)?.classList.add("here");
};

const tell = (id) => {
  const line = document.querySelector(`#jobs .k-job-line.new[data-ended="${CSS.escape(id)}"]`);
  if (line && !document.querySelector("#progress[hx-get], [data-renew]")) show({ text: line.dataset.said, undo: line.dataset.undo, level: line.dataset.level || "success" });
};

document.addEventListener("htmx:afterSettle", () => {
  const before = running;
  running = ids();
  const ended = [...before].filter((id) => !running.has(id));
  // What was said to be under way is so no more.
  if (ended.length) document.querySelectorAll("[data-toast].info").forEach((toast) => toast.remove());
  ended.forEach(tell);
  if (!ended.length || busy()) return;
  if (document.querySelector("[data-renew]")) typing(document.activeElement) || location.reload();
  else if (document.querySelector("#list[data-list]")) renew();
});

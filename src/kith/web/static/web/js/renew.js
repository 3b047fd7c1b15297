// A list shows what a job has changed as soon as the job ends, and stays where it was; ticks are
// not taken from who is setting them. A page that says so comes anew as a whole.
import { layerOpen, typing } from "./dom.js";

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

document.addEventListener("htmx:afterSettle", () => {
  const before = running;
  running = ids();
  const ended = [...before].some((id) => !running.has(id));
  if (!ended || busy()) return;
  if (document.querySelector("[data-renew]")) typing(document.activeElement) || location.reload();
  else if (document.querySelector("#list[data-list]")) renew();
});

// Short messages: those of the page, those a fragment sends (HX-Trigger: toast), and failures.
import { each, on, typing } from "./dom.js";

const STAY = 8000;
const box = document.getElementById("toasts");

const age = (toast) => {
  let timer = 0;
  const start = () => (timer = setTimeout(() => toast.remove(), STAY));
  toast.addEventListener("mouseenter", () => clearTimeout(timer));
  toast.addEventListener("focusin", () => clearTimeout(timer));
  toast.addEventListener("mouseleave", start);
  if (!toast.matches(".error")) start();
};

export const show = ({ text, undo = "", level = "success" }) => {
  const toast = document.getElementById("toast").content.firstElementChild.cloneNode(true);
  toast.classList.remove("success");
  toast.classList.add(level);
  toast.querySelector("p").textContent = text;
  const form = toast.querySelector("form");
  if (undo) form.action = undo;
  else form.remove();
  box.append(toast);
};

// What one types in, and the buttons that send it, are never under a message.
const step = () => {
  box.classList.remove("up");
  const used = document.activeElement;
  const needed = typing(used) ? [used, ...(used.form?.querySelectorAll("button:not([type=button])") ?? [])] : [];
  const here = box.getBoundingClientRect();
  const meets = ({ left, right, top, bottom }) => right > here.left && left < here.right && bottom > here.top && top < here.bottom;
  box.classList.toggle("up", needed.some((each) => each.offsetParent && meets(each.getBoundingClientRect())));
};
document.addEventListener("focusin", step);

each("[data-toast]", age);
new MutationObserver((changes) => {
  changes.forEach((c) => c.addedNodes.forEach((n) => n.matches?.("[data-toast]") && age(n)));
  step();
}).observe(box, { childList: true });

on("click", "[data-shut]", (event, button) => button.closest("[data-toast]").remove());
document.body.addEventListener("toast", (event) => show(event.detail));

document.body.addEventListener("htmx:sendError", (event) => event.detail.elt.matches("[hx-trigger*=every]") || show({ text: box.dataset.offline, level: "error" }));
document.body.addEventListener("htmx:responseError", (event) => {
  const polled = event.detail.elt.getAttribute("hx-trigger")?.includes("every");
  if (!polled && !event.detail.xhr.getResponseHeader("HX-Trigger")) show({ text: box.dataset.broke, level: "error" });
});

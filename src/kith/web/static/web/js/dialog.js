// A link with data-dialog opens its page in the dialog; without JavaScript it is simply a link.
import { on } from "./dom.js";

const host = document.getElementById("dialog");
const body = document.getElementById("dialog-body");
const waiting = '<div class="k-dialog-body" aria-busy="true"><span class="k-skeleton"></span></div>';
const first = "[autofocus], .k-dialog-body :is(input:not([type=hidden],[type=radio]), select, textarea)";
let opener = null;
let early = "";

export const openDialog = (url) => {
  opener = document.activeElement;
  early = "";
  body.innerHTML = waiting;
  host.showModal();
  window.htmx.ajax("GET", url, { target: "#dialog-body", swap: "innerHTML" });
};

on("click", "a[data-dialog]", (event, link) => {
  if (!host || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  link.closest("dialog")?.close();
  openDialog(link.href);
});

on("click", "dialog [data-close], dialog a[data-leave]", (event, button) => {
  event.preventDefault();
  button.closest("dialog").close();
});

on("click", "[data-open]", (event, button) => document.getElementById(button.dataset.open)?.showModal());

// Who presses `c` and goes on typing loses no letter while the page is on its way.
host?.addEventListener("keydown", (event) => {
  if (!body.querySelector(":scope > [aria-busy]") || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Backspace") early = early.slice(0, -1);
  else if (event.key.length === 1) early += event.key;
  else return;
  event.preventDefault();
});

const begin = (field) => {
  field?.focus();
  if (!early || !field?.matches("input[type=text], input[type=search], input:not([type]), textarea")) return;
  field.value += early;
  early = "";
  field.dispatchEvent(new Event("input", { bubbles: true }));
};

// A click on the backdrop closes, unless something was typed.
on("mousedown", "dialog", (event, dialog) => {
  if (event.target === dialog && !dialog.querySelector("form[data-dirty]")) dialog.close();
});

host?.addEventListener("close", () => {
  body.replaceChildren();
  if (opener?.isConnected) opener.focus();
});

// Forms inside answer inside: no page has to know that it stands in a dialog.
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target !== body) return;
  body.querySelectorAll("form:not([hx-post], [hx-get], [data-whole-page])").forEach((form) => {
    if (form.method !== "post") return;
    form.setAttribute("hx-post", form.getAttribute("action") || event.detail.requestConfig.path);
    form.setAttribute("hx-target", "#dialog-body");
    if (form.enctype === "multipart/form-data") form.setAttribute("hx-encoding", form.enctype);
    window.htmx.process(form);
  });
  const wrong = body.querySelector('[aria-invalid="true"]');
  begin(wrong ?? body.querySelector(first));
});

document.body.addEventListener("dialog-close", () => host?.close());

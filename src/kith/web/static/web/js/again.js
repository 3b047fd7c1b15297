// A session that ended while one types: one signs in again in a dialog above the page, what was
// typed stays, and the form that was on its way goes on. Without this one is told that it is lost.
import { typing } from "./dom.js";
import { show } from "./toast.js";

const dialog = document.getElementById("again");
const PATIENCE = 60000; // After an answer this fresh a form is sent even where the question before it fails.
const TYPED = "form[data-dirty], [data-fact-form], #dialog[open] form";
let heard = Date.now();
let held = null;
let waiting = false;
let asked = null; // The form whose question is answered: it is on its way.

const ask = () => {
  if (!dialog) return location.reload();
  if (dialog.open) return;
  dialog.showModal();
  window.htmx.ajax("GET", dialog.dataset.signIn, { target: "#again-body", swap: "innerHTML" });
};

const renew = (token) => {
  document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((field) => (field.value = token));
  document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
};

const goOn = () => {
  if (!held) return;
  const { form, button } = held;
  held = null;
  if (!form.isConnected) return;
  asked = form;
  form.requestSubmit(button?.isConnected ? button : null);
  asked = null;
};

const question = async () => {
  try {
    return await (await fetch(dialog.dataset.still)).json();
  } catch {
    return null;
  }
};

// Pressed again while the question is on its way, a form is still sent once.
const check = async (form, button) => {
  held = { form, button };
  if (waiting) return;
  waiting = true;
  const still = await question();
  waiting = false;
  if (still?.inside) {
    heard = Date.now();
    renew(still.token);
    goOn();
  } else if (still) ask();
  else if (Date.now() - heard < PATIENCE) goOn();
  else show({ text: document.getElementById("toasts").dataset.offline, level: "error" });
};

window.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (!dialog || form.method !== "post" || !form.matches("[data-guard]:not([hx-post])")) return;
    if (form === asked) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    check(form, event.submitter);
  },
  true,
);

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.successful) heard = Date.now();
  if (detail.xhr.status !== 401) return;
  heard = 0;
  const { verb, triggeringEvent: event } = detail.requestConfig;
  const form = verb === "post" && detail.elt.closest("form");
  if (form) held = { form, button: event?.submitter };
  // What the page asks by itself does not take the keyboard from who is typing.
  if (form || !typing(document.activeElement) || ["click", "submit"].includes(event?.type)) ask();
});

document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.target.id !== "again-body") return;
  const email = dialog.querySelector("[name=email]");
  email.value ||= dialog.dataset.email;
  dialog.querySelector("[name=password]").focus();
});

document.body.addEventListener("fresh-token", ({ detail }) => renew(detail.token));
document.body.addEventListener("signed-in", ({ detail }) => {
  dialog.close();
  heard = Date.now();
  // Somebody else is asked first whether to leave what is typed; nothing typed is simply shown anew.
  if (String(detail.user) !== dialog.dataset.user || !(held || document.querySelector(TYPED))) return location.reload();
  renew(detail.token);
  if (held) goOn();
});

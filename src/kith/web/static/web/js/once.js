// A form is sent once, however often its button is pressed before the answer: a double click on
// Add would else add two. Another button, or a change in the form, sends it again.
const sent = new WeakMap();
const PATIENCE = 5000; // Where no answer replaces the page: a download, a server that is gone.

const hold = (form, until) => sent.has(form) && sent.set(form, { ...sent.get(form), until });

window.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    const before = sent.get(form);
    if (before && before.button === event.submitter && Date.now() < before.until) {
      event.preventDefault();
      event.stopImmediatePropagation();
    } else sent.set(form, { button: event.submitter, until: Date.now() + PATIENCE });
  },
  true,
);

const forget = (event) => event.target.form && sent.delete(event.target.form);
document.addEventListener("input", forget);
document.addEventListener("change", forget);
window.addEventListener("pageshow", (event) => event.persisted && document.querySelectorAll("form").forEach((f) => sent.delete(f)));

document.addEventListener("htmx:beforeRequest", ({ detail }) => hold(detail.elt, Infinity));
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const leaving = detail.xhr.getResponseHeader("HX-Redirect");
  hold(detail.elt, leaving ? Date.now() + PATIENCE : 0);
});

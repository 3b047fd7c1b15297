// What was typed shows at once, marked as on its way; the answer takes its place. When the answer
// refuses it, that brings the form again and says why; when none comes, the form is back as it was.

const single = "input:not([type=hidden],[type=radio],[type=checkbox],[data-secret]), textarea, select";

const shown = (control) =>
  control.matches("select") ? [...control.selectedOptions].map((option) => option.text).join(", ") : control.value;

// The words of the value, where they can be told: of one control, or of entries with their kinds.
const words = (form) => {
  const controls = [...form.elements].filter((control) => control.name && control.type !== "hidden");
  const entries = controls.filter((control) => control.name.endsWith("-text"));
  if (entries.length) return entries.map(shown).filter(Boolean).join(", ");
  return controls.length === 1 && controls[0].matches(single) ? shown(controls[0]).trim() : "";
};

document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  const form = detail.elt;
  if (!form.matches?.("[data-fact-form]") || detail.requestConfig.verb !== "post") return;
  const text = words(form);
  if (!text) return;
  const value = document.createElement("span");
  value.className = "k-pending";
  value.tabIndex = -1;
  value.setAttribute("aria-busy", "true");
  value.title = form.dataset.saving;
  value.textContent = text;
  const focused = form.contains(document.activeElement);
  form.hidden = true;
  form.after(value);
  if (focused) value.focus(); // Inside the fact, so that its pencil gets the focus afterwards.
});

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const form = detail.elt;
  if (!form.isConnected || !form.matches?.("[data-fact-form]") || !form.hidden) return;
  const value = form.parentElement.querySelector(".k-pending");
  const focused = value?.contains(document.activeElement);
  value?.remove();
  form.hidden = false;
  if (focused) form.querySelector(single)?.focus();
});

// Rows that repeat (phones, e-mails): add another, remove. Without this there is a spare blank row.
import { each, on } from "./dom.js";

each("[data-repeat]", (box) => {
  box.querySelector("[data-more]").hidden = false;
  box.querySelectorAll("[data-less]").forEach((b) => (b.hidden = false));
  const rows = [...box.querySelectorAll("[data-row]")];
  const spare = rows.at(-1);
  if (rows.length > 1 && !spare.querySelector("input").value) spare.remove();
});

on("click", "[data-more]", (event, button) => {
  const box = button.closest("[data-repeat]");
  const rows = [...box.querySelectorAll("[data-row]")];
  const number = 1 + Math.max(-1, ...rows.map((r) => Number(r.querySelector("[type=radio]").value)));
  const row = rows.at(-1).cloneNode(true);
  row.querySelectorAll(".k-error").forEach((e) => e.remove());
  row.querySelectorAll("input, select").forEach((control) => {
    const name = box.dataset.repeat;
    control.name = control.name.replace(`${name}-${/-(\d+)-/.exec(control.name.slice(name.length))?.[1]}-`, `${name}-${number}-`);
    if (control.id) control.id = `id_${control.name}`;
    control.removeAttribute("aria-invalid");
    control.removeAttribute("aria-describedby");
    if (control.type === "radio") {
      control.value = String(number);
      control.checked = false;
    } else control.value = "";
  });
  button.before(row);
  row.querySelector("input").focus();
});

on("click", "[data-less]", (event, button) => {
  const row = button.closest("[data-row]");
  const box = button.closest("[data-repeat]");
  if (box.querySelectorAll("[data-row]").length > 1) row.remove();
  else row.querySelector("input").value = "";
  box.querySelector("[type=radio]:checked") ?? (box.querySelector("[type=radio]").checked = true);
  box.dispatchEvent(new Event("input", { bubbles: true }));
});

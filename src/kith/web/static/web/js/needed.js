// A field that only some choices need: its mark and its input follow the choice.
// <div data-needed-with="contact_type id:3 id:4">
import { each, on } from "./dom.js";

const follow = (row, form) => {
  const [name, ...values] = row.dataset.neededWith.split(" ");
  const chosen = form?.elements[name];
  if (!chosen) return;
  const needed = values.includes(chosen.value);
  const input = row.querySelector("input:not([type=hidden]):not([type=radio]), select, textarea");
  if (input) input.required = needed;
  const mark = row.querySelector(".required");
  if (mark) mark.hidden = !needed;
};

each("[data-needed-with]", (row) => follow(row, row.closest("form")));
on("change", "form", (event, form) => form.querySelectorAll("[data-needed-with]").forEach((row) => follow(row, form)));

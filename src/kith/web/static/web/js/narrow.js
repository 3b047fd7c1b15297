// A long list of options that one can type in: what does not hold the words is hidden.
import { on } from "./dom.js";

const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

on("input", "[data-narrow]", (event, input) => {
  const words = fold(input.value.trim());
  input.form.querySelectorAll(".options :is(label, a)").forEach((label) => {
    (label.closest("li") ?? label).hidden = words !== "" && !fold(label.textContent).includes(words);
  });
  // A heading over nothing says nothing.
  input.form.querySelectorAll(".options .dropdown-header").forEach((heading) => {
    heading.hidden = !heading.nextElementSibling?.querySelector("li:not([hidden])");
  });
});
on("keydown", "[data-narrow]", (event, input) => {
  if (event.key !== "Enter") return;
  const link = [...input.form.querySelectorAll(".options a")].find((each) => each.getClientRects().length);
  if (link) {
    event.preventDefault();
    return link.click();
  }
  const left = [...input.form.querySelectorAll(".options label input")].filter((tick) => tick.getClientRects().length);
  if (left.length === 1) left[0].checked = true;
});

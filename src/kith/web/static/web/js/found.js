// What a search box finds as radio buttons below it (<input data-found="id">): Arrow Down reaches
// them, Enter takes one and goes on; neither sends the form.
import { on } from "./dom.js";

const radios = (box) => [...box.querySelectorAll("input[type=radio]")];
const current = (input, box) => box.querySelector("[data-for]")?.dataset.for.trim() === input.value.trim();

const take = (radio) => {
  if (!radio.checked) radio.click();
  radio.focus();
};

on("keydown", "input[data-found]", (event, input) => {
  if (event.ctrlKey || event.metaKey || event.isComposing) return;
  const box = document.getElementById(input.dataset.found);
  if (!box || !["ArrowDown", "Enter"].includes(event.key)) return;
  event.preventDefault();
  const all = radios(box);
  if (all.length && current(input, box)) take(all.find((each) => each.checked) ?? all[0]);
});

// Enter on an answer that is taken must not send what is not filled in yet.
on("keydown", "[role=radiogroup] input[type=radio]", (event, radio) => {
  const box = radio.closest("[role=radiogroup]");
  const input = box.id && document.querySelector(`input[data-found="${CSS.escape(box.id)}"]`);
  if (!input || event.ctrlKey || event.metaKey) return;
  if (event.key === "ArrowUp" && radio === radios(box)[0]) input.focus();
  else if (event.key !== "Enter") return;
  else if (!radio.checked) radio.click();
  event.preventDefault();
});

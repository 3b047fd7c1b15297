// Completions while one types: <input list="…" data-suggest="/options/…/" data-with="country">.
// The browser draws them, and without this the input is a plain one.
import { on } from "./dom.js";

const timers = new WeakMap();

const ask = async (input) => {
  const url = new URL(input.dataset.suggest, location.href);
  const words = input.value.trim();
  url.searchParams.set("q", words);
  const other = input.dataset.with;
  if (other) url.searchParams.set(other, input.form?.elements[other]?.value ?? "");
  const answer = await fetch(url, { headers: { Accept: "application/json" } });
  if (!answer.ok || words !== input.value.trim()) return;
  const options = (await answer.json()).results.map((each) => Object.assign(document.createElement("option"), { value: each.text }));
  input.list?.replaceChildren(...options);
};

const soon = (event, input) => {
  if (event.inputType === "insertReplacementText") return;
  clearTimeout(timers.get(input));
  timers.set(input, setTimeout(ask, 150, input));
};

on("input", "input[data-suggest]", soon);
on("focusin", "input[data-suggest]", soon);

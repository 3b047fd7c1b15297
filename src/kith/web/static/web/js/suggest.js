// Completions while one types: <input data-suggest="/options/…/" data-with="country" data-create>.
// Below it stands a <ul role="listbox">. An offer fills other fields of the form (a city its
// state and country). Without this the input is a plain one.
import { on } from "./dom.js";

const timers = new WeakMap();
const turns = new WeakMap(); // An answer that was overtaken, or left, is not shown.
const listOf = (input) => document.getElementById(input.getAttribute("aria-controls"));
const rows = (list) => [...list.children];

const close = (input) => {
  clearTimeout(timers.get(input));
  turns.delete(input);
  const list = listOf(input);
  if (list) list.hidden = true;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
};

const mark = (input, row) => {
  rows(listOf(input)).forEach((each) => each.setAttribute("aria-selected", String(each === row)));
  if (!row) return input.removeAttribute("aria-activedescendant");
  input.setAttribute("aria-activedescendant", row.id);
  row.scrollIntoView({ block: "nearest" });
};

const fill = (form, name, value) => {
  const known = form?.elements[name] ?? form?.elements[`fill_${name}`];
  if (known) known.value = value;
  if (known || !form) return;
  form.append(Object.assign(document.createElement("input"), { type: "hidden", name: `fill_${name}`, value }));
};

const pick = (input, row) => {
  if (row.offer.value !== undefined) input.value = row.offer.value;
  Object.entries(row.offer.fill ?? {}).forEach(([name, value]) => fill(input.form, name, value));
  close(input);
  input.dispatchEvent(new Event("change", { bubbles: true }));
  input.form?.dispatchEvent(new Event("input", { bubbles: true }));
};

const draw = (input, offer, index) => {
  const row = Object.assign(document.createElement("li"), { id: `${listOf(input).id}-${index}`, offer });
  row.setAttribute("role", "option");
  row.append(Object.assign(document.createElement("bdi"), { textContent: offer.text }));
  if (offer.note) row.append(Object.assign(document.createElement("small"), { textContent: offer.note }));
  return row;
};

const ask = async (input, words) => {
  const url = new URL(input.dataset.suggest, location.href);
  url.searchParams.set("q", words);
  for (const other of (input.dataset.with ?? "").split(" ")) {
    const field = other && input.form?.elements[other];
    if (field) url.searchParams.set(other, field.value);
  }
  const turn = {};
  turns.set(input, turn);
  const answer = await fetch(url, { headers: { Accept: "application/json" } });
  const offers = answer.ok ? (await answer.json()).results : [];
  const list = listOf(input);
  if (!list || turns.get(input) !== turn) return;
  const typed = input.value.trim();
  const same = offers.some(({ text }) => text.toLowerCase() === typed.toLowerCase());
  if (input.dataset.create && words && !same) offers.push({ text: `+ ${typed}`, note: input.dataset.create });
  list.replaceChildren(...offers.map((offer, index) => draw(input, offer, index)));
  list.hidden = !offers.length;
  input.setAttribute("aria-expanded", String(!list.hidden));
};

on("input", "input[data-suggest]", (event, input) => {
  clearTimeout(timers.get(input));
  if (!input.value.trim()) return close(input);
  timers.set(input, setTimeout(() => ask(input, input.value.trim()), 150));
});

on("keydown", "input[data-suggest]", (event, input) => {
  const list = listOf(input);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && list?.hidden) {
    event.preventDefault();
    ask(input, "");
  } else if (list && !list.hidden) {
    const all = rows(list);
    const here = all.findIndex((row) => row.getAttribute("aria-selected") === "true");
    if (step) mark(input, all[(here + step + all.length + (here < 0 && step < 0 ? 1 : 0)) % all.length]);
    else if (event.key === "Enter" && here >= 0) pick(input, all[here]);
    else if (event.key !== "Escape") return;
    else close(input);
    event.preventDefault();
  }
});

on("mousedown", ".k-offers li", (event, row) => {
  event.preventDefault();
  pick(row.closest(".k-offering").querySelector("input[data-suggest]"), row);
});

on("focusout", "input[data-suggest]", (event, input) => close(input));

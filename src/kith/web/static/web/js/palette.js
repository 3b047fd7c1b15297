// Ctrl/⌘ K: pages are filtered here, people are asked for: those opened last, before a word is typed.
import { each } from "./dom.js";

const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

each("#palette", (palette) => {
  const input = palette.querySelector("input");
  const found = palette.querySelector("#palette-found");
  let timer = 0;
  let asked = "";

  const options = () => [...palette.querySelectorAll("#palette-list :is(a, button)")].filter((a) => !a.hidden);
  const mark = (index) => {
    const all = options();
    all.forEach((a, i) => {
      a.id ||= `palette-${Math.random().toString(36).slice(2)}`;
      a.setAttribute("role", "option");
      a.setAttribute("aria-selected", String(i === index));
    });
    const here = all[index];
    if (here) input.setAttribute("aria-activedescendant", here.id);
    else input.removeAttribute("aria-activedescendant");
    here?.scrollIntoView({ block: "nearest" });
  };
  const chosen = () => options().findIndex((a) => a.getAttribute("aria-selected") === "true");

  const ask = () => {
    const words = fold(input.value.trim());
    palette.querySelectorAll("[data-command]").forEach((a) => (a.hidden = words !== "" && !fold(a.textContent).includes(words)));
    clearTimeout(timer);
    if (!words || !asked) found.replaceChildren(); // What was opened last answers no words.
    if (palette.dataset.find) timer = setTimeout(() => fetchPeople(input.value.trim()), words ? 120 : 0);
    asked = words;
    mark(0);
  };
  const fetchPeople = async (words) => {
    const answer = await fetch(`${palette.dataset.find}?acts=1&q=${encodeURIComponent(words)}`, { headers: { "HX-Request": "true" } });
    if (!answer.ok || words !== input.value.trim()) return;
    found.innerHTML = await answer.text();
    if (options().length) found.querySelector("[data-nobody]")?.remove(); // A page has that name.
    mark(Math.max(0, chosen()));
  };

  palette.addEventListener("ask", () => {
    if (palette.open) return palette.close();
    document.querySelectorAll("dialog[open]").forEach((d) => d.close());
    input.value = "";
    palette.showModal();
    ask();
    input.focus();
  });
  input.addEventListener("input", ask);
  // Before the button does its work, which may open another dialog.
  found.addEventListener("click", (event) => event.target.closest("button") && palette.close());
  input.addEventListener("keydown", (event) => {
    const all = options();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && all.length) mark((chosen() + step + all.length) % all.length);
    else if (event.key === "Enter") all[Math.max(0, chosen())]?.click();
    else return;
    event.preventDefault();
  });
});

// The search box: on the list it filters while one types, elsewhere it suggests.
import { each } from "./dom.js";

each("[data-search]", (form) => {
  const input = form.querySelector("input[type=search]");
  const found = form.querySelector(".k-found");
  let timer = 0;
  let asked = input.value;

  const onList = () => document.getElementById("list") && location.pathname === new URL(form.action).pathname;

  const filter = () => {
    const url = new URL(location.href);
    ["after", "before", "page"].forEach((name) => url.searchParams.delete(name));
    if (input.value.trim()) url.searchParams.set("q", input.value.trim());
    else if (url.searchParams.has("view")) url.searchParams.set("q", "");
    else url.searchParams.delete("q");
    const path = url.pathname + url.search;
    window.htmx.ajax("GET", path, { target: "#list", swap: "outerHTML" }).then(() => history.replaceState(null, "", path));
  };
  const suggest = async () => {
    const words = input.value.trim();
    if (!words) return found.replaceChildren();
    const answer = await fetch(`${form.dataset.find}?q=${encodeURIComponent(words)}`, { headers: { "HX-Request": "true" } });
    if (answer.ok && words === input.value.trim()) found.innerHTML = await answer.text();
  };

  // Chips and text are one query: what a chip, a tab or the way back has changed shows here too.
  document.addEventListener("htmx:afterSettle", () => {
    if (!onList() || document.activeElement === input) return;
    asked = input.value = document.getElementById("list").dataset.q;
  });

  // In a tab its own conditions stay, and what is typed is added.
  input.addEventListener("reached", (event) => {
    if (!onList() || !input.value.trim() || !new URL(location.href).searchParams.has("view")) return;
    event.preventDefault();
    input.value = `${input.value.trim()} `;
    input.setSelectionRange(input.value.length, input.value.length);
  });
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (input.value.trim() === asked.trim()) return;
      asked = input.value;
      if (onList()) filter();
      else if (form.dataset.find) suggest();
    }, 140);
  });
  form.addEventListener("submit", (event) => {
    if (!onList()) return;
    event.preventDefault();
    clearTimeout(timer);
    filter();
    input.blur();
  });
  form.addEventListener("keydown", (event) => {
    const links = [...found.querySelectorAll("a")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") {
      found.replaceChildren();
      input.blur();
    } else if (step && links.length) {
      event.preventDefault();
      const next = links.indexOf(document.activeElement) + step;
      (links[next] ?? input).focus();
    }
  });
  document.addEventListener("click", (event) => form.contains(event.target) || found.replaceChildren());
});

// A link to a longer form takes along what was typed in the short one, but for the fields that it
// names (an address is no place for sensitive values): <a data-carry="name,name">.
import { on } from "./dom.js";

on("click", "form a[data-carry]", (event, link) => {
  const form = link.closest("form");
  const left = ["csrfmiddlewaretoken", ...link.dataset.carry.split(",").map((name) => name.trim())];
  const url = new URL(link.href);
  url.search = "";
  for (const [name, value] of new FormData(form)) if (value && !left.includes(name)) url.searchParams.append(name, value);
  link.href = url;
  form.removeAttribute("data-dirty"); // Nothing is lost.
});

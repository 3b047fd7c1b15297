// The index at the side of a long form marks the section in view.
import { each, on } from "./dom.js";

on("click", "[data-index] a", (event, link) => {
  const part = document.getElementById(link.hash.slice(1));
  if (part?.matches("details")) part.open = true;
});

each("[data-index]", (index) => {
  const links = [...index.querySelectorAll("a[href^='#']")];
  const parts = links.map((a) => document.getElementById(a.hash.slice(1))).filter(Boolean);
  const mark = (id) => links.forEach((a) => (a.hash === `#${id}` ? a.setAttribute("aria-current", "true") : a.removeAttribute("aria-current")));
  const seen = new Set();
  const watch = new IntersectionObserver((entries) => {
    entries.forEach((e) => (e.isIntersecting ? seen.add(e.target) : seen.delete(e.target)));
    const first = parts.find((p) => seen.has(p));
    if (first) mark(first.id);
  }, { rootMargin: "0px 0px -60% 0px" });
  parts.forEach((p) => watch.observe(p));
  if (parts[0]) mark(parts[0].id);
});

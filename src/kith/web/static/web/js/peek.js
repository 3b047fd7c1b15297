// The side panel: the card's essentials without leaving the list.
import { on } from "./dom.js";

const panel = document.getElementById("peek");
let shown = "";

export const peeking = () => shown !== "";

export const close = () => {
  shown = "";
  panel?.replaceChildren();
};

export const peek = (url) => {
  if (!panel || shown === url) return close();
  shown = url;
  window.htmx.ajax("GET", url, { target: "#peek", swap: "innerHTML" });
};

on("click", "[data-unpeek]", close);
on("click", "a[data-peek]", (event, link) => {
  event.preventDefault();
  peek(link.href);
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open]") || !peeking()) return;
  event.preventDefault(); // One Esc closes one thing.
  close();
});

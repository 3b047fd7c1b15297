// Leaving with unsaved changes asks. Only forms that ask for it: <form data-guard>.
import { on } from "./dom.js";

const dirty = () => document.querySelector("form[data-dirty]");

on("input", "form[data-guard]", (event, form) => form.setAttribute("data-dirty", ""));
on("submit", "form", (event, form) => form.removeAttribute("data-dirty"));

window.addEventListener("beforeunload", (event) => {
  if (dirty() && !dirty().closest("dialog:not([open])")) event.preventDefault();
});

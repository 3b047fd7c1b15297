// A button that goes on in a longer form, on a page of its own, with what was typed in this one.
import { on } from "./dom.js";

on("click", "button[data-carry]", (event, button) => {
  event.preventDefault();
  const { form } = button;
  form.action = button.formAction;
  form.removeAttribute("data-dirty"); // Nothing is lost.
  form.submit(); // Past htmx, which would answer inside a dialog.
});

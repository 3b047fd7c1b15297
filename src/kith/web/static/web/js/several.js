// Several texts in one line: in a form Enter begins the next one. <input data-several>.
import { on } from "./dom.js";

on("keydown", "form:not([data-fact-form]) input[data-several]", (event, input) => {
  const words = input.value.trim();
  if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.isComposing) return;
  if (!words || words.endsWith(",")) return;
  event.preventDefault();
  input.value = `${words}, `;
});

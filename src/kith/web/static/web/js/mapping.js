// Shows what is in the column that is chosen for a field.
import { on } from "./dom.js";

on("change", "[data-maps] select", (event, select) => {
  const shown = select.closest("[data-maps]").querySelector(".k-samples");
  const found = document.querySelector(`[data-columns] [data-column="${CSS.escape(select.value)}"]`);
  shown.replaceChildren(...(found ? found.cloneNode(true).childNodes : []));
});

// Dropping a file on its field; the chosen name is shown in place of the invitation.
import { on } from "./dom.js";

for (const [type, over] of [["dragover", true], ["dragleave", false], ["drop", false]]) {
  on(type, "[data-drop]", (event, zone) => zone.classList.toggle("over", over));
}
on("change", "[data-drop] input", (event, input) => {
  const name = input.closest("[data-drop]").querySelector("[data-drop-name]");
  if (input.files[0]) name.textContent = input.files[0].name;
});

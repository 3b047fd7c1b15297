// One-letter keys: data-key="c" presses or focuses the element, data-go="t" follows it after `g`.
import { layerOpen, typing } from "./dom.js";

const TOGETHER = 2000; // Milliseconds from `g` to its letter.
let going = 0;

// What stands in a closed menu, or in a folded navigation, has its key all the same.
const hidden = "[data-go], details.k-menu [data-key]";
// The key of a page goes before that of the bar around it: `c` among prospects makes a prospect.
const visible = (selector) => {
  const shown = [...document.querySelectorAll(selector)].filter((e) => e.getClientRects().length || e.matches(hidden));
  return shown.find((e) => e.closest("main")) ?? shown[0];
};

const press = (element) => {
  if (typing(element)) {
    element.focus();
    if (element.dispatchEvent(new Event("reached", { cancelable: true }))) element.select?.();
  } else element.click();
};

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing) return;
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    document.getElementById("palette")?.dispatchEvent(new Event("ask"));
    return;
  }
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
    event.target.closest?.("form")?.requestSubmit();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || layerOpen()) return;
  const key = event.key;
  if (going && event.timeStamp - going < TOGETHER) {
    going = 0;
    const place = visible(`[data-go="${CSS.escape(key)}"]`);
    if (place) {
      event.preventDefault();
      place.click();
    }
    return;
  }
  if (key === "g") going = event.timeStamp;
  else if (key === "?") document.getElementById("keys")?.showModal();
  else {
    const target = key.length === 1 && visible(`[data-key="${CSS.escape(key)}"]`);
    if (!target) return;
    event.preventDefault();
    press(target);
  }
});

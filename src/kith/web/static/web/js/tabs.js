// The tab of the open view is in sight however many there are. A click without a page of its own
// (a fragment) draws the strip again, so it is looked at again then.
import { each } from "./dom.js";

each("[data-tabs]", (strip) => {
  const here = strip.querySelector("[aria-current]");
  if (here) strip.scrollLeft = Math.max(0, here.offsetLeft - strip.offsetLeft - 48);
});

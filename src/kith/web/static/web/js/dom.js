// The few questions that several modules ask.
export const on = (type, selector, handle) =>
  document.addEventListener(type, (event) => {
    const element = event.target.closest?.(selector);
    if (element) handle(event, element);
  });

export const typing = (element) =>
  element?.matches?.("input:not([type=checkbox],[type=radio],[type=button]), textarea, select, [contenteditable]") ?? false;

export const layerOpen = () => document.querySelector("dialog[open]") !== null;

// Runs once for each that is there now or that htmx brings.
export const each = (selector, start) => {
  const met = new WeakSet();
  const meet = (element) => {
    if (met.has(element)) return;
    met.add(element);
    start(element);
  };
  const run = (root) => {
    if (root.matches?.(selector)) meet(root);
    root.querySelectorAll?.(selector).forEach(meet);
  };
  run(document);
  document.addEventListener("htmx:load", (event) => run(event.detail.elt));
};

export const remember = (name, value) => {
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=lax${secure}`;
};

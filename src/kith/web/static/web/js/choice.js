// Dropdowns one can type in: <select data-choice data-url="…" data-create>. Tom Select is fetched
// only where there is one; without it a plain <select> does the work.
import { each } from "./dom.js";
import { beside, lookedUp } from "./lookup.js";
import { letNone, mayBeNone } from "./none.js";
import { aloneWhileTyped, inOrder } from "./typed.js";

let loading = null;
const meta = () => document.querySelector("meta[name=tom-select]");
const load = () => {
  loading ??= new Promise((done, failed) => {
    const base = meta();
    const script = Object.assign(document.createElement("script"), { src: base.content, onload: done, onerror: failed });
    const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: base.dataset.css });
    document.head.prepend(style);
    document.head.append(script);
  });
  return loading;
};

const dot = ({ colour }, escape) => (colour ? `<span class="k-dot ${escape(colour)}"></span>` : "");

// Who walks through a form with Tab sees what comes next: a click, an arrow or a letter opens a
// dropdown, being reached does not. Closed, it stays closed: Tom Select opens a second time later.
const askedOpen = (made, atOnce) => {
  let asked = Boolean(atOnce);
  const ask = (event) => {
    if (event.type !== "keydown" || event.key.startsWith("Arrow")) asked = true;
  };
  for (const type of ["pointerdown", "input", "keydown"]) made.wrapper.addEventListener(type, ask, true);
  for (const end of ["blur", "dropdown_close"]) made.on(end, () => { asked = false; });
  return () => asked;
};

each("select[data-choice]", async (select) => {
  await load();
  if (select.tomselect || !select.isConnected) return;
  const { url, create } = select.dataset;
  const name = select.labels?.[0]?.textContent.replace("*", "").trim();
  const made = new window.TomSelect(select, {
    create: create !== undefined,
    createFilter: (words) => !Object.values(made.options).some(({ text }) => text.toLowerCase() === words.toLowerCase()),
    createOnBlur: false,
    allowEmptyOption: mayBeNone(select),
    maxOptions: 200,
    valueField: "value",
    labelField: "text",
    searchField: ["text"],
    refreshThrottle: 0, // Who types fast and presses Enter gets what they typed.
    loadThrottle: 150,
    preload: url ? "focus" : false,
    ...(url ? lookedUp(select) : {}),
    ...(select.dataset.choice === "in-order" ? { score: inOrder } : {}),
    closeAfterSelect: true, // Enter picks, the next Enter saves.
    clearAfterSelect: true,
    hidePlaceholder: true,
    controlInput: '<input type="text" autocomplete="off" spellcheck="false">',
    render: {
      option_create: (data, escape) => `<div class="create">+ ${escape(data.input)}</div>`,
      no_results: (data, escape) => `<div class="no-results">${escape(meta().dataset.none)}</div>`,
      option: (data, escape) => `<div>${dot(data, escape)}${escape(data.text || "—")}</div>`,
      item: (data, escape) => select.multiple
        ? `<div class="${data.colour ? `tint ${escape(data.colour)}` : ""}">${escape(data.text)}</div>`
        : `<div>${dot(data, escape)}${escape(data.text)}</div>`,
    },
  });
  const asked = askedOpen(made, select.closest("[data-fact-form]"));
  const refresh = made.refreshOptions.bind(made);
  made.refreshOptions = (open = true) => {
    refresh(open && asked());
    const add = made.dropdown_content.querySelector(".create");
    if (!add) return;
    made.dropdown_content.querySelector(".no-results")?.remove();
    made.dropdown_content.append(add); // What there is comes before what is new.
  };
  aloneWhileTyped(made);
  beside(select)?.addEventListener("change", () => {
    made.clear();
    made.clearOptions();
    made.loadedSearches = {};
    made.load("");
  });
  const inFact = select.closest("[data-fact-form]");
  if (inFact) made.focus_node.focus(); // Its own focus() takes keys only a moment later.
  if (!select.multiple) letNone(made, () => inFact && select.form.requestSubmit());
  if (name) [select, made.control_input].forEach((control) => control.setAttribute("aria-label", name));
});

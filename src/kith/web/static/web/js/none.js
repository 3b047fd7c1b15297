// A typeable dropdown of one can be emptied by mouse too: what stands for nothing is offered first,
// by its own words ("As installed") or as a dash.
export const mayBeNone = (select) =>
  !select.multiple && !select.required && select.querySelector('option[value=""]') !== null;

// Calls `chosen` when something was chosen, or nothing was; not when a letter is taken away.
export const letNone = (made, chosen) => {
  const blank = () => made.options[""]?.text.trim() === "";
  let picked = false;
  if (made.settings.allowEmptyOption && !made.getValue() && blank()) made.clear(true);
  made.on("item_add", () => { picked = true; });
  made.on("change", (value) => {
    const meant = picked;
    picked = false;
    if (!value && blank()) made.clear(true);
    if (value || meant) chosen();
  });
};

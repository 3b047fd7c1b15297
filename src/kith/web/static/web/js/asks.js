// A choice whose second question depends on it: only the one that is asked is shown.
// <select data-asks='{"id:5": "reference_contact"}'>, and rows with data-field.
import { each } from "./dom.js";

const filled = (row) => [...row.querySelectorAll("input:not([type=hidden]), select, textarea")].some(({ value }) => value !== "");

each("select[data-asks]", (select) => {
  const asks = JSON.parse(select.dataset.asks);
  const rows = [...new Set(Object.values(asks))].map((name) => select.form?.querySelector(`[data-field="${name}"]`)).filter(Boolean);
  const show = () => rows.forEach((row) => {
    row.hidden = row.dataset.field !== asks[select.value] && !filled(row);
  });
  select.addEventListener("change", show);
  show();
});

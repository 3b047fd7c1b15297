// A row is dragged by its [data-grip] among the rows beside it. Its button [data-by], which moves it
// by one, is then pressed for as many places as it was carried. Escape puts it back.
let row = null;
let from = [];

document.addEventListener("dragstart", (event) => {
  const grip = event.target.closest?.("[data-grip]");
  if (!grip) return;
  row = grip.closest("tr, li");
  from = [...row.parentElement.children];
  const { left, top } = row.getBoundingClientRect();
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", "");
  event.dataTransfer.setDragImage(row, event.clientX - left, event.clientY - top);
  row.classList.add("dragged");
});

document.addEventListener("dragover", (event) => {
  if (!row?.parentElement?.contains(event.target)) return;
  event.preventDefault();
  const over = event.target.closest("tr, li");
  if (!over || over === row || over.parentElement !== row.parentElement) return;
  const { top, height } = over.getBoundingClientRect();
  if (event.clientY < top + height / 2) over.before(row);
  else over.after(row);
});
document.addEventListener("drop", (event) => row && event.preventDefault());

const carry = (moved, by) => {
  const button = moved.querySelector("[data-by]");
  button.value = button.dataset.by.replace("N", String(by));
  button.disabled = false;
  button.click();
};

document.addEventListener("dragend", (event) => {
  if (!row) return;
  const moved = row;
  row = null;
  moved.classList.remove("dragged");
  const by = [...moved.parentElement.children].indexOf(moved) - from.indexOf(moved);
  if (event.dataTransfer.dropEffect === "none") moved.parentElement.append(...from);
  else if (by) carry(moved, by);
});

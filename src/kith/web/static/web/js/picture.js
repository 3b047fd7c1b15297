// Choosing a picture by button, drop or paste, and the square of it that is shown. The server cuts:
// only three numbers are sent, in pixels of the upright picture. Without this the middle is taken.
import { on } from "./dom.js";

const states = new WeakMap();
const clamp = (value, most) => Math.max(0, Math.min(value, most));
const formOf = (element) => element.closest("[data-picture]");

const draw = (form) => {
  const state = states.get(form);
  if (!state) return;
  const { image } = state;
  const side = Math.min(image.width, image.height) / state.zoom;
  state.left = clamp(state.left, image.width - side);
  state.top = clamp(state.top, image.height - side);
  const canvas = form.querySelector("canvas");
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(image, state.left, state.top, side, side, 0, 0, canvas.width, canvas.height);
  state.scale = side / canvas.clientWidth;
  for (const [name, value] of [["left", state.left], ["top", state.top], ["side", side]]) {
    form.elements[name].value = Math.round(value);
  }
};

const show = async (form, file) => {
  form.querySelector(".k-error")?.remove(); // It was said of the file before.
  form.querySelector(".cut").hidden = true;
  states.delete(form);
  for (const name of ["left", "top", "side"]) form.elements[name].value = "";
  try {
    const image = await createImageBitmap(file);
    const side = Math.min(image.width, image.height);
    states.set(form, { image, zoom: 1, left: (image.width - side) / 2, top: (image.height - side) / 2 });
  } catch {
    return; // No picture for this browser: the server says what is wrong with it.
  }
  form.querySelector(".now")?.setAttribute("hidden", "");
  form.querySelector("#id_zoom").value = 1;
  form.querySelector(".cut").hidden = false;
  draw(form);
};

const zoom = (form, value) => {
  const state = states.get(form);
  if (!state) return;
  const side = () => Math.min(state.image.width, state.image.height) / state.zoom;
  const before = side();
  state.zoom = Math.max(1, Math.min(4, value));
  state.left += (before - side()) / 2;
  state.top += (before - side()) / 2;
  form.querySelector("#id_zoom").value = state.zoom;
  draw(form);
};

const move = (form, across, down) => {
  const state = states.get(form);
  if (!state) return;
  state.left += across * state.scale;
  state.top += down * state.scale;
  draw(form);
};

on("change", "[data-picture] input[type=file]", (event, input) => input.files[0] && show(formOf(input), input.files[0]));
on("input", "[data-picture] #id_zoom", (event, input) => zoom(formOf(input), Number(input.value)));

on("pointerdown", "[data-picture] canvas", (event, canvas) => canvas.setPointerCapture(event.pointerId));
on("pointermove", "[data-picture] canvas", (event, canvas) => {
  if (canvas.hasPointerCapture(event.pointerId)) move(formOf(canvas), -event.movementX, -event.movementY);
});

const KEYS = { ArrowLeft: [-8, 0], ArrowRight: [8, 0], ArrowUp: [0, -8], ArrowDown: [0, 8] };
on("keydown", "[data-picture] canvas", (event, canvas) => {
  const form = formOf(canvas);
  if (KEYS[event.key]) move(form, ...KEYS[event.key]);
  else if (event.key === "+" || event.key === "=") zoom(form, (states.get(form)?.zoom ?? 1) * 1.1);
  else if (event.key === "-") zoom(form, (states.get(form)?.zoom ?? 1) / 1.1);
  else return;
  event.preventDefault();
});

document.addEventListener("paste", (event) => {
  const input = document.querySelector("[data-picture] input[type=file]");
  if (!input || !event.clipboardData?.files.length) return;
  input.files = event.clipboardData.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
});

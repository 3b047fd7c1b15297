// A password can be shown while it is typed; leaving the page hides it again.
const template = document.getElementById("eye");

const eye = (box) => {
  const frame = document.createElement("span");
  frame.className = "k-secret";
  box.replaceWith(frame);
  frame.append(box, template.content.cloneNode(true));
  const button = frame.querySelector("button");
  button.addEventListener("click", () => {
    const shown = box.type === "text";
    box.type = shown ? "password" : "text";
    button.setAttribute("aria-pressed", String(!shown));
    box.focus();
  });
};

const boxes = document.querySelectorAll("input[data-reveal]");
if (template) boxes.forEach(eye);
addEventListener("pagehide", () => boxes.forEach((box) => (box.type = "password")));
document.querySelector("input[autofocus]")?.focus();

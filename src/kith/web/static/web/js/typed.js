// All that hold the words, in the order of the list: Tom Select would put the shortest first.
export function inOrder(words) {
  const score = this.getScoreFunction(words);
  return (option) => (score(option) > 0 ? 1 : 0);
}

// What is typed stands alone, not behind what is chosen so far.
export const aloneWhileTyped = (made) => {
  const show = () => made.wrapper.classList.toggle("k-typed", made.control_input.value !== "");
  ["type", "item_add", "blur"].forEach((event) => made.on(event, show));
};

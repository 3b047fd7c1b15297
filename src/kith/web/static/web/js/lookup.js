// Options that are asked of the server while one types: <select data-url="…">.

// What is offered may depend on another choice of the form: data-with names it.
export const beside = (select) => select.form?.elements[select.dataset.with ?? ""];

const remote = (select, found) => (words, done) => {
  const url = new URL(select.dataset.url, location.href);
  url.searchParams.set("q", words);
  const other = beside(select);
  if (other) url.searchParams.set(select.dataset.with, other.value);
  fetch(url, { headers: { Accept: "application/json" } })
    .then((answer) => answer.json())
    .then((answer) => {
      found.set(words, new Set(answer.results.map(({ value }) => String(value))));
      done(answer.results);
    })
    .catch(() => done());
};

// All that the server found for these words, whatever it looked at, and what holds them; what was
// found for other words is not offered any more: Enter would take it.
const scored = (found) => function (words) {
  const score = this.getScoreFunction(words);
  const hits = found.get(words);
  return (option) => (!words || (option.value && (hits?.has(String(option.value)) || score(option) > 0)) ? 1 : 0);
};

export const lookedUp = (select) => {
  const found = new Map();
  return { load: remote(select, found), score: scored(found) };
};

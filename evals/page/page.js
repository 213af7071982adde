"use strict";
(() => {
  const find = document.getElementById("find");
  const show = document.getElementById("show");
  const suite = document.getElementById("suite");
  const none = document.getElementById("none");
  const cases = [...document.querySelectorAll("details.case")];
  const filter = () => {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    let left = 0;
    for (const one of cases) {
      const fits =
        (show.value === "all" || one.dataset.state === show.value || one.dataset.change === show.value) &&
        (suite.value === "" || one.dataset.suite === suite.value) &&
        words.every((word) => one.dataset.words.includes(word));
      one.hidden = !fits;
      left += fits ? 1 : 0;
    }
    none.hidden = left > 0;
  };
  for (const tool of [find, show, suite]) tool.addEventListener("input", filter);
  filter();
})();

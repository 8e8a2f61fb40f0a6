"use strict";
// Searches and orders the index of articles. Without it the index stands as it was read.
const plain = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const search = document.getElementById("search"), body = document.querySelector("#index tbody");
const rows = [...body.rows].map((row, i) => ({ row, i, words: plain(row.textContent) }));
const [box, order, told] = ["input", "select", "output"].map((kind) => search.querySelector(kind));
const by = (row, column) => row.cells[column].dataset.by || plain(row.cells[column].textContent);
const show = () => {
  const asked = plain(box.value).split(/\s+/).filter(Boolean);
  let n = 0;
  for (const { row, words } of rows) n += !(row.hidden = !asked.every((word) => words.includes(word)));
  told.textContent = asked.length ? n : "";
};
box.addEventListener("input", show);
order.addEventListener("change", () => {
  const column = order.value;
  rows.sort((a, b) => (column ? by(a.row, column).localeCompare(by(b.row, column)) : 0) || a.i - b.i);
  body.append(...rows.map(({ row }) => row));
});
search.hidden = false;

// Tables sort by the column whose heading is pressed; sums stay below.
for (const table of document.querySelectorAll("table.sorts")) {
  const body = table.tBodies[0];
  const language = document.documentElement.lang;
  table.querySelectorAll("thead th").forEach((heading, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => {
      const up = heading.getAttribute("aria-sort") !== "ascending";
      for (const other of table.querySelectorAll("thead th")) other.removeAttribute("aria-sort");
      heading.setAttribute("aria-sort", up ? "ascending" : "descending");
      const value = (row) => row.cells[column].dataset.value ?? row.cells[column].textContent;
      const number = (text) => (text.trim() === "" ? NaN : Number(text));
      const order = (one, two) => {
        const [a, b] = [value(one), value(two)];
        const [x, y] = [number(a), number(b)];
        return Number.isNaN(x) || Number.isNaN(y) ? a.localeCompare(b, language) : x - y;
      };
      const rows = [...body.rows].sort((one, two) => (up ? order(one, two) : order(two, one)));
      body.append(...rows);
    });
  });
}

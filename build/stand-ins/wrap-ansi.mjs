// yargs breaks the lines of its help with wrap-ansi, at spaces. Its help is ASCII and has no colours; the real package
// prepares for all of them when it is imported.
export default function wrapAnsi(text, columns) {
  return text
    .split("\n")
    .map((line) => wrapLine(line, columns))
    .join("\n");
}

function wrapLine(line, columns) {
  const [first = "", ...words] = line.trim().split(" ");
  const rows = [first];
  for (const word of words) {
    const row = `${rows.at(-1)} ${word}`;
    if (word === "" || row.length <= columns) rows.splice(-1, 1, row);
    else rows.push(word);
  }
  return rows.map((row) => row.trim()).join("\n");
}

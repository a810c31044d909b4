// What the other files of the command take from its first one is exported when one of them is loaded: a run of one file
// loads none, and for it three hundred properties are a thirtieth of what it takes beyond a bare start.
import { parseAst } from "rolldown/parseAst";

/**
 * The minified code of the command's first file, whose exports but `main` wait for a call of `exports.others`. Throws where
 * the exports don't stand at its end.
 */
export function laterExports(code) {
  const { expression } = parseAst(code).body.at(-1);
  const parts = expression?.expressions ?? [];
  const first = parts.findIndex(isExport);
  const main = parts.find(({ left }) => left?.property?.name === "main");
  if (first < 0 || !main || !parts.slice(first).every(isExport))
    throw new Error("there are no exports at the end");
  const at = parts[first].start;
  const end = parts.at(-1).end;
  const before = first > 0 ? code.slice(0, at).replace(/,\s*$/, ";") : code.slice(0, at);
  const others = `exports.others=()=>{exports.others=undefined;${code.slice(at, end)}}`;
  return `${before}${code.slice(main.start, main.end)},${others}${code.slice(end)}`;
}

function isExport({ left, callee, arguments: [given] = [] }) {
  return (
    left?.object?.name === "exports" ||
    (callee?.property?.name === "defineProperty" && given?.name === "exports")
  );
}

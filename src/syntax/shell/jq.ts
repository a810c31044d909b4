/** What a jq program does with the request that it reads. */
export interface JqProgram {
  /** The keys that it names, deeper ones as `rule.dispatch_rule_direct`. Only of filters that are simple. */
  keys: string[];
  /** What it prints: the request, changed or not; a part of it; or the request inside a wrapper. */
  prints: "request" | "part" | "wrapped";
}

const NAME = String.raw`(?:[A-Za-z_]\w*|"[^"\\]*")`;
const PATH = String.raw`\.${NAME}(?:\.${NAME}|\[\d*\]|\["[^"\\]*"\]|\?)*`;
const PATHS = new RegExp(PATH, "g");
const ONLY_PATHS = new RegExp(String.raw`^\s*${PATH}(?:\s*,\s*${PATH})*\s*$`);
const DELETES = new RegExp(String.raw`^\s*del\(\s*${PATH}(?:\s*,\s*${PATH})*\s*\)\s*$`);
const ASSIGNS = new RegExp(String.raw`^\s*${PATH}\s*(\|=|[-+*/]=|\/\/=|=(?!=))([^]*)$`);
const WRAPS = /\bdispatch_?[rR]ule"?\s*:\s*(\.(?![\w[])|\(\s*\.\s*\)|\$\w+)/;

/**
 * Reads a jq program as far as it is a chain of paths, assignments and deletions. What it does behind anything else is
 * not told.
 */
export function readJq(program: string): JqProgram {
  if (program.length > LONGEST) return { keys: [], prints: "request" };
  const keys = new Set<string>();
  const note = (part: string): void => {
    for (const [path] of part.replaceAll(/"(?:[^"\\]|\\.)*"(?!\s*\])/g, quiet).matchAll(PATHS)) {
      keys.add(keyOf(path));
    }
  };
  let prints: JqProgram["prints"] = WRAPS.test(program) ? "wrapped" : "request";
  for (const filter of program.split(/\|(?!=)/)) {
    const [, operator, value] = ASSIGNS.exec(filter) ?? [];
    if (filter.trim() === ".") continue;
    if (operator !== undefined) note(operator === "|=" ? filter.slice(0, filter.indexOf("|=")) : filter);
    else if (DELETES.test(filter)) note(filter);
    else {
      if (ONLY_PATHS.test(filter)) {
        note(filter);
        prints = "part";
      }
      break;
    }
    if (value === undefined && !DELETES.test(filter)) break;
  }
  return { keys: [...keys], prints };
}

const LONGEST = 2000;

/** A string is no path, unless it is a name in one: `."trunk_ids"`. */
function quiet(string: string, at: number, whole: string): string {
  return whole[at - 1] === "." ? string : '""';
}

function keyOf(path: string): string {
  return path
    .replaceAll(/\[\d*\]|\?/g, "")
    .replaceAll(/\["([^"]*)"\]/g, ".$1")
    .replaceAll('"', "")
    .slice(1);
}

import { keysIn } from "../keys.ts";

/**
 * Tells whether `jq` or `yq` with these words, or a program such as `tr -d '\n'`, leaves a request's fields as they
 * are.
 */
export function isNeutralFilter(name: string, words: readonly string[]): boolean {
  if (name === "tr") return words[0] === "-d" && /^(?:\\[nrt]|\s|\[:space:\])+$/.test(words[1] ?? "");
  if (/^python[\d.]*$/.test(name)) return words[0] === "-m" && words[1] === "json.tool";
  if (name !== "jq" && name !== "yq" && name !== "gojq") return false;
  const program = words.find(
    (word, index) => !word.startsWith("-") && !TAKES_VALUE.test(words[index - 1] ?? ""),
  );
  const parts = (program ?? ".").split("|").map((part) => part.trim());
  return !words.includes("-n") && parts.every((part) => NEUTRAL.test(part));
}

/** Tells whether a `jq` or `yq` that is neutral takes the annotations out. */
export function stripsAnnotations(words: readonly string[]): boolean {
  return words.some((word) => /\bdel(?:paths)?\(|with_entries\(/.test(word));
}

const TAKES_VALUE = /^--(?:arg|argjson|indent|tab|from-file|slurpfile|rawfile)$|^-f$/;
/** Leaves the fields: nothing, `del(._comment)`, or what only drops keys that begin with `_`. */
const NEUTRAL =
  /^(?:\.|empty|(?:del|delpaths)\(\s*\.\[?["']?[_$]\w*["']?\]?(?:\s*,\s*\.\[?["']?[_$]\w*["']?\]?)*\s*\)|with_entries\(\s*select\(\s*\.key(?:\s*\|\s*(?:tostring\s*\|\s*)?startswith\("[_$]"\)\s*\|\s*not|\s*\|\s*test\("\^[_$]"\)\s*\|\s*not|\[0?:1\]\s*!=\s*"[_$]")\s*\)\s*\))$/;

/**
 * Returns what `sed` with these words looks for: texts that it replaces by others, and what can't be told, as keys.
 */
export function sedPatterns(words: readonly string[]): { keys: string[]; replaces: string[] } {
  const scripts: string[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? "";
    if (/^(?:-e|--expression)$/.test(word)) scripts.push(words[++index] ?? "");
    else if (word.startsWith("--expression=")) scripts.push(word.slice(13));
    else if (word.startsWith("-")) continue;
    else if (scripts.length === 0) scripts.push(word);
  }
  const keys: string[] = [];
  const replaces: string[] = [];
  for (const command of scripts
    .flatMap((script) => script.split(/;(?=\s*s\W)|\n/))
    .map((one) => one.trim())) {
    if (command === "") continue;
    const found = /^s([^\w\s\\])((?:\\.|(?!\1).)*)\1((?:\\.|(?!\1).)*)\1([gI\d]*)$/.exec(command)?.[2];
    const plain = found?.replaceAll(/\\([^\w\s])/g, "$1");
    if (found !== undefined && plain !== undefined && !/[*^[\]\\]/.test(found) && plain.length > 1)
      replaces.push(plain);
    else keys.push(...(keysIn(command).length > 0 ? keysIn(command) : [`sed ${command.slice(0, 40)}`]));
  }
  return { keys, replaces };
}

/** Tells whether a text stands in a request, and in nothing of it but string values. */
export function isInValues(request: string, text: string): boolean {
  const strings = /"(?:\\.|[^"\\])*"(\s*:)?/g;
  const outside = request.replaceAll(strings, (string, colon: string | undefined) =>
    colon === undefined ? '""' : string,
  );
  return !outside.includes(text);
}

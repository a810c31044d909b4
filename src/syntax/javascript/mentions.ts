import type { Mention } from "../syntax.ts";
import type { Range } from "../source/tokens.ts";
import { followFile, followImport } from "./follow.ts";
import { isData, pathsOf } from "./paths.ts";
import type { Script } from "./script.ts";
import { WRITES, written } from "./written.ts";

/**
 * What a text does with files that it reads, imports or writes by name: which keys it reads of what it parses, whether
 * it sends that to LiveKit, and which files it makes.
 */
export function fileMentions(script: Script): Mention[] {
  const mentions: Mention[] = [];
  const copied = new Set<number>();
  for (const [bracket, { text, kind }] of script.tokens.entries()) {
    if (text !== "(" || kind !== "mark") continue;
    const name = script.word(bracket - 1) === ">" ? "" : script.word(bracket - 1);
    if (!OPENS.test(name)) continue;
    const [path] = script.itemsOf(bracket);
    const call = script.callAt(bracket) ?? { from: bracket - 1, callee: name };
    const isModule = name === "require" || name === "import";
    if (!path || !isOpening(script, name, call.callee, path)) continue;
    const raw = !isModule && !/json|config|fixture/i.test(name);
    const start = { from: call.from, to: script.behind(bracket), raw };
    mentions.push(...followFile({ script, path, isModule, copied }, start));
  }
  for (const declaration of script.imports()) {
    const { value: path } = declaration;
    if (!path || !isData(script.tokens[path.from]?.value ?? "")) continue;
    mentions.push(...followImport({ script, path, isModule: true, copied }, declaration));
  }
  for (const [bracket, { text, kind }] of script.tokens.entries()) {
    if (text !== "(" || kind !== "mark" || copied.has(bracket)) continue;
    if (COPIES.test(script.word(bracket - 1))) mentions.push(...filesCopied(script, bracket));
    if (WRITES.test(script.word(bracket - 1))) mentions.push(...written(script, bracket));
  }
  return mentions.toSorted((a, b) => a.at.start - b.at.start);
}

const OPENS =
  /^(readFile(Sync)?|readTextFile(Sync)?|readJson(Sync)?|readJSON(Sync)?|file|require|import|(load|read)[A-Z]\w*)$/;
const COPIES =
  /^(copyFile(Sync)?|copy(Sync)?|cp(Sync)?|rename(Sync)?|move(Sync)?|link(Sync)?|symlink(Sync)?)$/;

/** Whether a call opens a file: the well-known ones, or one from elsewhere that is called so and given a file's name. */
function isOpening(script: Script, name: string, callee: string, path: Range): boolean {
  if (name === "file") return callee === "Bun.file";
  if (/^(readFile|readTextFile|readJson|readJSON)(Sync)?$/.test(name)) return true;
  const isNamed = pathsOf(script, path).some(isData);
  return isNamed && (name === "require" || name === "import" || script.functionsNamed(name).length === 0);
}

/** What is said of a file that a call copies, or gives another name: `fs.copyFileSync(a, b)`. */
function filesCopied(script: Script, bracket: number): Mention[] {
  const [from, to] = script.itemsOf(bracket);
  if (!from || !to) return [];
  const at = script.spanOf({ from: bracket - 1, to: script.behind(bracket) });
  return pathsOf(script, from)
    .filter(isData)
    .flatMap((file) =>
      pathsOf(script, to).map((name) => ({ does: "copy", at, file, to: name, alike: true })),
    );
}

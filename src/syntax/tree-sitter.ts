import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { Language, Parser } from "web-tree-sitter";

/** The grammars that the build copies, `<name>.wasm` each. Offsets in their trees are UTF-16 code units. */
export type Grammar = "python";

/** A parser for one grammar, made once. `parse` gives a tree for any text; what it can't read are ERROR nodes. */
export async function parserFor(grammar: Grammar): Promise<Parser> {
  const made = parsers.get(grammar) ?? makeParser(grammar);
  parsers.set(grammar, made);
  return made;
}

const parsers = new Map<Grammar, Promise<Parser>>();
let runtime: Promise<void> | undefined;

async function makeParser(grammar: Grammar): Promise<Parser> {
  runtime ??= startRuntime();
  await runtime;
  const parser = new Parser();
  parser.setLanguage(await Language.load(wasm(grammar)));
  return parser;
}

async function startRuntime(): Promise<void> {
  // without it V8 optimises a grammar in the background and holds the process at its exit for half a second.
  setFlagsFromString("--liftoff-only");
  await Parser.init({ wasmBinary: wasm("tree-sitter") });
}

/** Found through the package's own name, because bundling moves this file. */
function wasm(name: string): Uint8Array {
  const root = dirname(createRequire(import.meta.url).resolve("sip-dispatch/package.json"));
  return readFileSync(join(root, "dist", "grammars", `${name}.wasm`));
}

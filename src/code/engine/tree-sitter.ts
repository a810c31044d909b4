import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
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
  for (const flag of ["--no-wasm-dynamic-tiering", "--no-wasm-tier-up"]) setFlagsFromString(flag);
  await Parser.init({ wasmBinary: wasm("tree-sitter") });
}

function wasm(name: string): Uint8Array {
  return readFileSync(join(grammars(), `${name}.wasm`));
}

/** Beside what the build bundles; elsewhere found through the package's own name, which takes 3 ms. */
function grammars(): string {
  const beside = fileURLToPath(new URL("grammars", import.meta.url));
  if (existsSync(beside)) return beside;
  return join(
    dirname(createRequire(import.meta.url).resolve("sip-dispatch/package.json")),
    "dist",
    "grammars",
  );
}

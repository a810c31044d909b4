import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const FLAT = '{"rule":{"dispatchRuleDirect":{"roomName":"lobby"}}}';
const WRAPPED = '{"dispatch_rule":{"rule":{"dispatchRuleDirect":{"roomName":"lobby"}}}}';

/** The library as it is published, in a process of its own: it holds what it depends on in another way than src/. */
function migrated(path: string, text: string): string {
  const library = new URL("../dist/index.js", import.meta.url).href;
  const program = `const { migrateText } = await import(${JSON.stringify(library)});
    const { newText } = await migrateText(...${JSON.stringify([path, text])});
    process.stdout.write(newText ?? "nothing");`;
  return execFileSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" });
}

test.each([
  ["rule.json", (request: string) => request],
  ["rules.ndjson", (request: string) => `${request}\n`],
  ["rule.yaml", (request: string) => request],
  ["page.md", (request: string) => `\`\`\`json\n${request}\n\`\`\`\n`],
  ["make.sh", (request: string) => `echo '${request}' | lk sip dispatch create -\n`],
  ["make.ps1", (request: string) => `'${request}' | lk sip dispatch create -\n`],
  ["send.http", (request: string) => `POST /\n\n${request}\n`],
  ["make.py", (request: string) => `rule = '${request}'\n`],
])("the built library migrates %s", (path, around) => {
  expect(migrated(path, around(FLAT))).toBe(around(WRAPPED));
});

test("types/index.d.ts declares what the source exports, and test/public-types.ts compares each", () => {
  const text = (path: string): string => readFileSync(new URL(path, import.meta.url), "utf8");
  const all = (from: string, pattern: RegExp): string[] =>
    [...from.matchAll(pattern)].flatMap(([, names = ""]) => names.split(",")).map((name) => name.trim());
  const named = (from: string): string[] => [
    ...all(from, /^export (?:type )?\{([^}]+)\}/gm),
    ...all(from, /^export (?:declare )?(?:function|interface|type) (\w+)/gm),
  ];
  const exported = named(text("../src/index.ts"))
    .filter((name) => name !== "")
    .toSorted();
  const declared = named(text("../types/index.d.ts")).filter((name) => name !== "JsonValue");
  expect(declared.toSorted()).toEqual(exported);
  const compared = all(text("public-types.ts"), /from: published\.(\w+)/g);
  expect(compared.toSorted()).toEqual(exported.filter((name) => /^[A-Z]/.test(name)));
});

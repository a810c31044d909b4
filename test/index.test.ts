import { execFileSync } from "node:child_process";
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

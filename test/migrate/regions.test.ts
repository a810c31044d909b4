import fc from "fast-check";
import { parse } from "jsonc-parser";
import { describe, expect, it } from "vitest";
import { migrateText } from "../../src/migrate/migrate.ts";
import { unwrapsTo } from "./unwrapped.ts";
import { flatRequest, layOut, layoutStyle, type Plain, respelled, wrapByHand } from "./generate.ts";

/** A way to write a request in another document, and to get its text back without our readers. */
interface Holder {
  path: string;
  hold: (text: string, newline: string) => string;
  held: (document: string) => string;
}

const linesOf = (text: string): string[] => text.split(/(?<=\n)/);
const cell = (source: string | string[]): unknown => ({
  cells: [
    { cell_type: "markdown", metadata: {}, source: ["# Rules"] },
    { cell_type: "code", execution_count: 1, metadata: {}, outputs: [{ text: "trunk_ids" }], source },
  ],
  metadata: {},
  nbformat: 4,
});
const sourceOf = (document: string): string => {
  const { cells } = JSON.parse(document) as { cells: { source: string | string[] }[] };
  return [cells[1]?.source ?? ""]
    .flat()
    .join("")
    .replace(/^%%writefile rule\.json\n/, "");
};
const pretty = (value: unknown, newline: string): string =>
  `${JSON.stringify(value, null, 1).replaceAll("\n", newline)}${newline}`;

const HOLDERS: Record<string, Holder> = {
  "a notebook, as lines": {
    path: "a.ipynb",
    hold: (text, newline) => pretty(cell(linesOf(`%%writefile rule.json\n${text}`)), newline),
    held: sourceOf,
  },
  "a notebook, as one string": {
    path: "a.ipynb",
    hold: (text, newline) => pretty(cell(`%%writefile rule.json\n${text}`), newline),
    held: sourceOf,
  },
  "a PowerShell here-string": {
    path: "a.ps1",
    hold: (text, newline) => `# it's${newline}$a = @'${newline}${text}${newline}'@${newline}`,
    held: (document) => document.replace(/^.*?@'\r?\n/s, "").replace(/\r?\n'@\s*$/, ""),
  },
  "an expandable PowerShell here-string": {
    path: "a.ps1",
    hold: (text, newline) =>
      `$a = @"${newline}${text.replaceAll(/[`$]/g, "`$&")}${newline}"@ | lk sip dispatch create -`,
    held: (document) =>
      document
        .replace(/^.*?@"\r?\n/s, "")
        .replace(/\r?\n"@.*$/, "")
        .replaceAll(/`(.)/g, "$1"),
  },
  "a JSON string": {
    path: "a.json",
    hold: (text, newline) => pretty({ item: [{ raw: text }] }, newline),
    held: (document) => (JSON.parse(document) as { item: [{ raw: string }] }).item[0].raw,
  },
};

const written = fc
  .tuple(flatRequest, layoutStyle)
  .map(([request, style]) => ({ request, style, text: layOut(request, { ...style, bom: false }) }));

/** What an independent reader makes of the text. It knows comments and trailing commas, but no `__proto__`. */
const meaning = (text: string): Plain => parse(text, [], { allowTrailingComma: true }) as Plain;
const withoutProto = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (key, inner: unknown) => (key === "__proto__" ? undefined : inner));

describe.each(Object.entries(HOLDERS))("a request in %s", (_, { path, hold, held }) => {
  it("migrates to what it becomes in a file of its own, and nothing around it changes", () =>
    fc.assert(
      fc.asyncProperty(written, async ({ request, style, text }) => {
        const { newline } = style;
        const outer = hold(text, newline);
        expect(held(outer)).toBe(text);
        const { sites, newText = "nothing" } = await migrateText(path, outer);
        expect(sites.map(({ outcome, reason }) => [outcome, reason])).toEqual([["migrated", "named"]]);

        // 8: the same as JSON; 1: as planned; 4 and 5: nothing else changes
        const alone = await migrateText("rule.json", text);
        expect(held(newText)).toBe(alone.newText);
        const { dispatch_rule: info } = meaning(held(newText));
        expect(withoutProto(info)).toEqual(
          withoutProto(respelled(wrapByHand(request)["dispatch_rule"], style)),
        );
        expect(newText).toBe(hold(alone.newText ?? "", newline));

        // 2: a second migration changes nothing
        const again = await migrateText(path, newText);
        expect(again.newText).toBeUndefined();
        expect(again.sites.map(({ outcome }) => outcome)).toEqual(["already-wrapped"]);

        // 3: unwrapping what stands there now gives the first message back
        expect(unwrapsTo(again.sites[0], request)).toBe(true);
      }),
      { numRuns: 200 },
    ));
});

describe("the sites of a source stand in the order of their places, whatever region they are in", () => {
  const placesOf = async (path: string, text: string): Promise<string[]> => {
    const { sites } = await migrateText(path, text);
    return sites.filter(({ form }) => form === "flat").map(({ line, region }) => `${line} ${region}`);
  };
  const rule = "rule: { dispatchRuleDirect: { roomName: a } }";
  const json = '{ "rule": { "dispatchRuleDirect": { "roomName": "a" } } }';

  it("blocks of a ConfigMap before and after a request of the document itself", async () => {
    const map = (name: string): string =>
      `kind: ConfigMap\ndata:\n  ${name}.json: |\n    ${json}\n  ${name}-too.json: |\n    ${json}\n`;
    const text = `${map("a")}---\n${rule}\n---\n${map("b")}`;
    const lines = (await placesOf("rules.yaml", text)).map((place) => place.split(" ")[0]);
    expect(lines).toEqual(["4", "6", "8", "13", "15"]);
  });

  it("a heredoc in a fence between two fences", async () => {
    const fence = `\`\`\`json\n${json}\n\`\`\`\n`;
    const heredoc = `\`\`\`sh\nlk sip dispatch create - <<'EOF'\n${json}\nEOF\n\`\`\`\n`;
    const places = await placesOf("page.md", fence + heredoc + fence);
    expect(places.map((place) => Number.parseInt(place))).toEqual([2, 6, 10]);
  });

  it("quoted JSON before a heredoc, and after it", async () => {
    const quoted = `curl -d '${json}' https://example.com/twirp/livekit.SIP/CreateSIPDispatchRule\n`;
    const text = `${quoted}lk sip dispatch create - <<'EOF'\n${json}\nEOF\n${quoted}`;
    const places = await placesOf("register.sh", text);
    expect(places.map((place) => Number.parseInt(place))).toEqual([1, 3, 5]);
  });
});

import { describe, expect, it } from "vitest";
import { readDocument } from "../../src/sources/document.ts";
import { migrateDocument } from "../../src/plan/migrate.ts";
import { migrateText } from "../../src/plan/migrate-text.ts";
import type { Silence } from "../../src/config/silence.ts";

const FLAT = '{ "name": "desk", "rule": { "dispatchRuleDirect": { "roomName": "desk" } } }';
const WRAPPED = `{ "dispatch_rule": ${FLAT} }`;

/** What a migration says of each request, with the reason of a silence, and where silences are about nothing. */
async function said(path: string, text: string): Promise<string[]> {
  const { sites, unusedSilences = [] } = await migrateText(path, text);
  return [
    ...sites
      .filter(({ reason }) => reason !== "not-a-request")
      .map(({ line, outcome, findings }) =>
        outcome === "silenced" ? `${line} silenced: ${findings[0]?.message}` : `${line} ${outcome}`,
      ),
    ...unusedSilences.map(({ line, column }) => `unused ${line}:${column}`),
  ];
}

describe("a comment silences", () => {
  it.each([
    [
      "the request below it",
      "a.json",
      `// sip-dispatch-ignore: kept for old servers\n${FLAT}\n`,
      ["2 silenced: kept for old servers"],
    ],
    [
      "the request in which it stands",
      "a.json",
      FLAT.replace("{", "{ /* sip-dispatch-ignore: why */"),
      ["1 silenced: why"],
    ],
    [
      "from an annotation",
      "a.json",
      FLAT.replace("{", '{ "_comment": "sip-dispatch-ignore: why",'),
      ["1 silenced: why"],
    ],
    [
      "from the last of several annotations",
      "a.json",
      FLAT.replace("{", '{ "_comment": ["Desk.", "sip-dispatch-ignore: why"],'),
      ["1 silenced: why"],
    ],
    [
      "in YAML",
      "a.yaml",
      "# sip-dispatch-ignore: why\nname: desk\nrule:\n  dispatchRuleDirect:\n    roomName: desk\n",
      ["2 silenced: why"],
    ],
    [
      "behind a line of YAML",
      "a.yaml",
      "name: desk # sip-dispatch-ignore: why\nrule: { dispatchRuleDirect: { roomName: a } }\n",
      ["1 silenced: why"],
    ],
    [
      "a fence",
      "a.md",
      `<!-- sip-dispatch-ignore: shows the old form -->\n\n\`\`\`json\n${FLAT}\n\`\`\`\n`,
      ["4 silenced: shows the old form"],
    ],
    ["in a fence", "a.md", `\`\`\`json\n// sip-dispatch-ignore: why\n${FLAT}\n\`\`\`\n`, ["3 silenced: why"]],
    [
      "a heredoc",
      "a.sh",
      `# sip-dispatch-ignore: why\ncat > a.json <<EOF\n${FLAT}\nEOF\n`,
      ["3 silenced: why"],
    ],
    [
      "what can't be read",
      "a.md",
      '<!-- sip-dispatch-ignore: a sketch -->\n```json\n{ "rule": // which\n  "trunk_ids": // what\n}\n```\n',
      ["4 silenced: a sketch"],
    ],
  ])("%s", async (_, path, text, expected) => {
    expect(await said(path, text)).toEqual(expected);
  });

  it.each([
    [
      "the second of two requests",
      `${FLAT}\n// sip-dispatch-ignore: why\n${FLAT}`,
      ["1 migrated", "3 silenced: why"],
    ],
    [
      "the first of two requests",
      `// sip-dispatch-ignore: why\n${FLAT},\n${FLAT}`,
      ["2 silenced: why", "3 migrated"],
    ],
    [
      "each of two requests",
      `// sip-dispatch-ignore: a\n${FLAT},\n// sip-dispatch-ignore: b\n${FLAT}`,
      ["2 silenced: a", "4 silenced: b"],
    ],
  ])("only %s", async (_, items, expected) => {
    const list = `[${items.replace(`${FLAT}\n//`, `${FLAT},\n//`)}]`;
    expect(await said("a.json", list)).toEqual(expected);
  });

  it("nothing that is far below it", async () => {
    expect(await said("a.json", `// sip-dispatch-ignore: why\n\n\n\n${FLAT}`)).toEqual([
      "5 migrated",
      "unused 1:4",
    ]);
  });

  it("what is below it, however it is written", async () => {
    expect(await said("a.json", `// SIP-Dispatch-Ignore: why\n${FLAT}`)).toEqual(["2 silenced: why"]);
  });

  it("nothing without a reason, and that is reported", async () => {
    expect(await said("a.json", `// sip-dispatch-ignore\n${FLAT}`)).toEqual(["2 migrated", "unused 1:4"]);
    expect(await said("a.json", `// sip-dispatch-ignore:  \n${FLAT}`)).toEqual(["2 migrated", "unused 1:4"]);
    expect(await said("a.md", `<!-- sip-dispatch-ignore: -->\n\`\`\`json\n${FLAT}\n\`\`\``)).toEqual([
      "3 migrated",
      "unused 1:6",
    ]);
  });

  it("nothing that needs no silence, and that is reported", async () => {
    expect(await said("a.json", `// sip-dispatch-ignore: why\n${WRAPPED}`)).toEqual([
      "2 already-wrapped",
      "unused 1:4",
    ]);
  });

  it("nothing behind the request that it is about", async () => {
    const text = `[\n// sip-dispatch-ignore: why\n${WRAPPED},\n${FLAT}]`;
    expect(await said("a.json", text)).toEqual(["3 already-wrapped", "4 migrated", "unused 2:4"]);
  });

  it("nothing from the words of a page, which is no comment", async () => {
    const text = `Write \`sip-dispatch-ignore: why\` before it:\n\n\`\`\`json\n${FLAT}\n\`\`\`\n`;
    expect(await said("a.md", text)).toEqual(["4 migrated"]);
  });
});

it("leaves the text of a silenced request as it is, and migrates the others", async () => {
  const text = `[// sip-dispatch-ignore: why\n${FLAT},\n\n\n\n${FLAT}]`;
  const { newText } = await migrateText("a.json", text);
  expect(newText).toBe(
    text.slice(0, text.lastIndexOf('{ "name"')) +
      '{ "dispatch_rule": { "name": "desk", "rule": { "dispatchRuleDirect": { "roomName": "desk" } } } }]',
  );
});

describe("a comment with the ids of findings silences these alone", () => {
  const NUMBERS =
    '{ "inbound_numbers": ["+15550100"], "rule": { "dispatchRuleDirect": { "roomName": "desk" } } }';
  const WRONG = FLAT.replace("{", '{ "trunks": [], "hide_phone_number": 1,');
  const DELETE = "lk sip dispatch delete --id SDR_a";

  /** Of each request its place, outcome, reason and the ids of what is said of it; of other code, what is said. */
  async function heard(path: string, text: string): Promise<string[]> {
    const { sites, findings = [], unusedSilences = [] } = await migrateText(path, text);
    return [
      ...sites
        .filter(({ reason }) => reason !== "not-a-request")
        .map(({ line, outcome, reason, findings: ones }) =>
          [line, outcome, reason, ...ones.map(({ id }) => id)].join(" "),
        ),
      ...findings.map(({ id, line }) => `${line} ${id}`),
      ...unusedSilences.map(({ line, unknown = "unused" }) => `${line} ${unknown}`),
    ];
  }

  it.each([
    [
      "at a request that migrates all the same",
      "a.json",
      `// sip-dispatch-ignore lk-refuses: our pipeline takes comments out\n${NUMBERS}`,
      ["2 migrated named routing-change needs-versions live-rule"],
    ],
    [
      "several, separated by commas",
      "a.json",
      `// sip-dispatch-ignore live-rule,  needs-versions, Routing-Change : why\n${NUMBERS}`.replace(
        " :",
        ":",
      ),
      ["2 migrated named lk-refuses"],
    ],
    [
      "in two comments",
      "a.json",
      `// sip-dispatch-ignore live-rule: a\n// sip-dispatch-ignore lk-refuses: b\n${FLAT}`,
      ["3 migrated named", "1 unused"],
    ],
    [
      "at a request that is wrapped already",
      "a.json",
      `// sip-dispatch-ignore lk-refuses: why\n${WRAPPED}`,
      ["2 already-wrapped wrapped"],
    ],
    [
      "which leaves a request alone that nothing else stops",
      "a.json",
      `// sip-dispatch-ignore unknown-field: old servers took it\n${FLAT.replace("{", '{ "trunks": [],')}`,
      ["2 silenced silenced silenced"],
    ],
    [
      "and the others still need a person",
      "a.json",
      `// sip-dispatch-ignore unknown-field: old servers took it\n${WRONG}`,
      ["2 needs-person wrong-type wrong-type"],
    ],
    [
      "the reason of what can't be read",
      "a.json",
      '// sip-dispatch-ignore not-json: a sketch\n{ "rule": // which\n"trunk_ids": // what\n}',
      ["3 silenced silenced silenced"],
    ],
    [
      "at a line of code",
      "a.sh",
      `# sip-dispatch-ignore delete-refuses-id: our own lk takes it\n${DELETE}\n\n\n\n${DELETE}\n`,
      ["6 delete-refuses-id"],
    ],
    [
      "at a line of code above a request",
      "a.sh",
      `# sip-dispatch-ignore delete-refuses-id: why\n${DELETE}\ncat > a.json <<EOF\n${FLAT}\nEOF\n`,
      ["4 migrated named"],
    ],
    [
      "and nothing where they are not found",
      "a.sh",
      `# sip-dispatch-ignore reader: why\n${DELETE}\n`,
      ["2 delete-refuses-id", "1 unused"],
    ],
    [
      "and not at the request behind the one that it is about",
      "a.json",
      `[\n// sip-dispatch-ignore unknown-field: why\n${WRAPPED},\n${FLAT.replace("{", '{ "trunks": [],')}]`,
      ["3 already-wrapped wrapped lk-refuses", "4 needs-person unknown-field unknown-field", "2 unused"],
    ],
    [
      "and an id that is none silences nothing, and is named",
      "a.sh",
      `# sip-dispatch-ignore delete-refuse-id, delete-refuses-id: why\n${DELETE}\n`,
      ["1 delete-refuse-id"],
    ],
    [
      "but none without a reason",
      "a.sh",
      `# sip-dispatch-ignore delete-refuses-id\n${DELETE}\n`,
      ["2 delete-refuses-id", "1 unused"],
    ],
  ])("%s", async (_, path, text, expected) => {
    expect(await heard(path, text)).toEqual(expected);
  });
});

describe("a silence from elsewhere", () => {
  async function silencedBy(silence: Silence, text: string): Promise<{ outcomes: string[]; used: number }> {
    const context = { known: new Map(), silences: [silence], notices: [] };
    const { sites, usedSilences = [] } = migrateDocument(
      "a.json",
      await readDocument("a.json", text),
      {},
      context,
    );
    return { outcomes: sites.map(({ outcome }) => outcome), used: usedSilences.length };
  }

  it("is about all requests of a source, or about the one with a name", async () => {
    const two = `[${FLAT}, ${FLAT.replace('"desk"', '"hall"')}]`;
    expect(await silencedBy({ reason: "why" }, two)).toEqual({ outcomes: ["silenced", "silenced"], used: 1 });
    expect(await silencedBy({ reason: "why", name: "hall" }, two)).toEqual({
      outcomes: ["migrated", "silenced"],
      used: 1,
    });
    expect(await silencedBy({ reason: "why", name: "roof" }, two)).toEqual({
      outcomes: ["migrated", "migrated"],
      used: 0,
    });
  });

  it("is about one finding, where it names it", async () => {
    const findings = ["lk-refuses"];
    expect(await silencedBy({ reason: "why", findings }, `[${FLAT}, // two\n${WRAPPED}]`)).toEqual({
      outcomes: ["migrated", "already-wrapped"],
      used: 1,
    });
    expect(await silencedBy({ reason: "why", findings: ["reader"] }, FLAT)).toEqual({
      outcomes: ["migrated"],
      used: 0,
    });
  });
});

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runMigration } from "../../src/run/run.ts";
import { git, MEMORY, put, useTemporaryFolder } from "../files/temporary.ts";
import { DRY_RUN } from "./settings.ts";

const FLAT =
  '{ "name": "desk", "trunk_ids": ["ST_a"], "rule": { "dispatchRuleDirect": { "roomName": "desk" } } }';
const json = (text = FLAT): string => `\`\`\`json\n${text}\n\`\`\`\n`;
const sh = (text: string): string => `\`\`\`sh\n${text}\n\`\`\`\n`;

const folder = useTemporaryFolder(MEMORY);

/** What becomes of each flat request of a page in a repository: the reason, and the lines that decide. */
async function reasons(
  page: string,
  name = "README.md",
  files: Record<string, string> = {},
): Promise<string[]> {
  git(folder.path, "init", "-q");
  put(folder.path, name, page);
  for (const [other, text] of Object.entries(files)) writeFileSync(join(folder.path, other), text);
  const { results } = await runMigration([folder.path], DRY_RUN);
  return results
    .flatMap(({ sites }) => sites)
    .filter(({ form }) => form === "flat")
    .map(({ reason, evidence, findings }) => {
      const lines = reason === "old-example" ? findings : evidence.places;
      return [reason, ...lines.map(({ line }) => line)].join(" ");
    });
}

describe("a block of a page that is said to be a file", () => {
  it.each([
    [
      "a command in a sentence",
      `Run \`lk sip dispatch update --id SDR_a rule.json\` where \`rule.json\` is:\n\n${json()}`,
      1,
    ],
    [
      "a command behind it",
      `\`rule.json\` contains:\n\n${json()}\nThen \`lk sip dispatch\nupdate --id SDR_a rule.json\`.\n`,
      7,
    ],
    [
      "a command in a fence",
      `${sh("lk sip dispatch update --id SDR_a rule.json")}\nwhere \`rule.json\` is:\n\n${json()}`,
      2,
    ],
    ["only its name", `\`rule-update.json\` contains:\n\n${json()}`, 4],
    ["in double backticks", `\`\`lk sip dispatch update rule.json\`\` takes \`rule.json\`:\n\n${json()}`, 1],
  ])("is used for an update: %s", async (_, page, line) => {
    expect(await reasons(page)).toEqual([`update-evidence ${line}`]);
  });

  it("is used to create a rule", async () => {
    const page = `Run \`lk sip dispatch create rule.json\`, where \`rule.json\` is:\n\n${json()}`;
    expect(await reasons(page)).toEqual(["create-evidence 1"]);
  });

  it("has a name that says nothing against what a line does with it", async () => {
    const page = `Save as \`update.json\`:\n\n${json()}\n${sh("lk sip dispatch create update.json")}`;
    expect(await reasons(page)).toEqual(["create-evidence 8"]);
  });

  it("is a file of the repository, of which a sentence tells", async () => {
    const page = "Then run `lk sip dispatch update --id SDR_a rule.json`.\n";
    expect(await reasons(page, "README.md", { "rule.json": FLAT })).toEqual(["update-evidence 1"]);
  });

  it("no command is read in a comment of code, or where it is only shown", async () => {
    const page = "\\`lk sip dispatch update rule.json\\`\n";
    expect(await reasons(page, "README.md", { "rule.json": FLAT })).toEqual(["assumed-create"]);
  });
});

describe("a block that is printed", () => {
  it.each([
    "Output:",
    "**Example output**",
    "## Response",
    "The response looks like this:",
    "Expected output of `lk sip dispatch list --json`:",
    "Rules are listed with `lk sip dispatch list --json`. It prints:",
    "The server answers with the rule:",
    "This returns:",
  ])("is a bare rule: %s", async (words) => {
    expect(await reasons(`${words}\n\n${json()}`)).toEqual(["update-evidence 1"]);
  });

  it.each([
    "Watch the output of the server. Create this rule:",
    "The output of the last command goes into `trunk_ids`. Create the rule with it.",
    "Callers hear the response of the agent.",
    `Output:\n\n${sh("SDR_a")}\nThe rule:`,
  ])("is a request all the same: %s", async (words) => {
    expect(await reasons(`${words}\n\n${json()}`)).toEqual(["assumed-create"]);
  });

  it("a list of rules is none of requests", async () => {
    expect(await reasons(`Response:\n\n${json(`{ "items": [${FLAT}] }`)}`)).toEqual(["update-evidence 1"]);
  });
});

describe("a block that shows what is not to be used", () => {
  it.each([
    "Don't do this:",
    "Do not do this!",
    "**Wrong:**",
    "### ❌ Wrong",
    "Wrong",
    "Deprecated (before):",
    "Before:",
    "- Before",
    "## Before the migration",
    "<summary>Old format</summary>",
    "The old format was:",
    "A rule used to look like this:",
    "Rules were written otherwise. Previously, a request had no wrapper:",
    "Flat form (deprecated since 1.9)",
  ])("needs a person, with the line: %s", async (words) => {
    expect(await reasons(`${words}\n\n${json()}`)).toEqual(["old-example 1"]);
  });

  it.each([
    "Before you start, create the rule:",
    "Before you start:",
    "The old trunk stays. Create a rule:",
    "If the server says that the request is invalid, use this one:",
    "Instead of the deprecated form, send:",
    "Right:",
    "✅ Correct",
    "## After",
    "The new format replaces the old format:",
  ])("is a request all the same: %s", async (words) => {
    expect(await reasons(`${words}\n\n${json()}`)).toEqual(["assumed-create"]);
  });

  it("also where a comment in it says so", async () => {
    expect(await reasons(json(`// old format\n${FLAT}`))).toEqual(["old-example 2"]);
    expect(await reasons(sh(`# before\nlk sip dispatch create - <<'EOF'\n${FLAT}\nEOF`))).toEqual([
      "old-example 2",
    ]);
  });

  it("and all blocks of its section, and what stands in them, but for the new form", async () => {
    const page = [
      "## Before\n",
      "Save this as `a.json`:\n",
      json(),
      sh(`lk sip dispatch create - <<'EOF'\n${FLAT}\nEOF`),
      "After:\n",
      json(),
      "## Rules\n",
      json(),
    ];
    expect(await reasons(page.join("\n"))).toEqual([
      "old-example 1",
      "old-example 1",
      "assumed-create",
      "assumed-create",
    ]);
  });

  it("is silenced by a comment", async () => {
    const page = `Before:\n\n<!-- sip-dispatch-ignore: shows the old form -->\n${json()}`;
    expect(await reasons(page)).toEqual(["silenced"]);
  });

  it("is left for an update", async () => {
    const page = `Before, paste this into the dashboard:\n\n${json()}`;
    expect(await reasons(page)).toEqual(["update-evidence 1"]);
  });
});

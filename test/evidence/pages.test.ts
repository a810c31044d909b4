import { expect } from "vitest";
import {
  assumed,
  created,
  FLAT,
  itSaysOf,
  type Repository,
  script,
  updated,
  WRAPPED,
} from "./repositories.ts";

const REPOSITORIES: Record<string, Repository> = {
  // Words and names.
  "its name says update": {
    files: { "sip/dispatch-update.json": FLAT },
    says: updated("sip/dispatch-update.json:1", "sip/dispatch-update.json"),
  },
  "a line knows better than its name": {
    files: {
      "sip/dispatch-update.json": FLAT,
      "run.sh": "lk sip dispatch create sip/dispatch-update.json\n",
    },
    says: created("run.sh:1", "sip/dispatch-update.json"),
  },
  "updated is not update": { files: { "updated-rule.json": FLAT }, says: assumed("updated-rule.json") },
  "pasted into the dashboard": {
    files: script("# Rules\n\nPaste `sip/rule.json` into the JSON editor of the dashboard.\n", "README.md"),
    says: updated("README.md:3"),
  },
  "a fence that is pasted": {
    files: { "README.md": `Paste this into the dashboard:\n\n\`\`\`json\n${FLAT}\n\`\`\`\n` },
    says: ["README.md not-create update-evidence README.md:1"],
  },
  "a fence that is pasted, with a note between": {
    files: {
      "README.md": `1. Select the **JSON editor** tab.\n\n> **Note**\n>\n> Or the other one.\n\n2. Copy and paste this:\n\n\`\`\`json\n${FLAT}\n\`\`\`\n`,
    },
    says: ["README.md not-create update-evidence README.md:1"],
  },
  "a fence that is pasted, with one more paragraph between": {
    files: {
      "README.md": `Paste this into the dashboard.\n\nYour trunk goes first:\n\n\`\`\`json\n${FLAT}\n\`\`\`\n`,
    },
    says: ["README.md not-create update-evidence README.md:1"],
  },
  "something else was pasted, in the section before": {
    files: {
      "README.md": `Paste this into the dashboard.\n\n## With lk\n\nYour trunk goes first:\n\n\`\`\`json\n${FLAT}\n\`\`\`\n`,
    },
    says: ["README.md migrated assumed-create"],
  },
  "pasted, or else created": {
    files: {
      "README.md": `Paste it into the dashboard.\n\nOr with lk:\n\n\`\`\`json\n${FLAT}\n\`\`\`\n`,
    },
    says: ["README.md migrated assumed-create"],
  },

  // What a page shows as a file.
  ...Object.fromEntries(
    [
      "Create a file named `rule.json`:\n\n```json\n$\n```",
      "Save the following as rule.json.\n\n```json\n$\n```",
      '```json title="rule.json"\n$\n```',
      "```json rule.json\n$\n```",
      "**rule.json**\n\n```json\n$\n```",
      "`rule.json`:\n```json\n$\n```",
      "### `rule.json`\n\n```json\n$\n```",
      "```json\n// rule.json\n$\n```",
      "```json\n$\n```\n\nSave this as `rule.json`, and run this:",
      "Create `./rule.json`:\n\n> It may have another name.\n\n```json\n$\n```",
    ].map((page): [string, Repository] => [
      `a page that shows a file: ${page}`,
      {
        files: {
          "README.md": `${page.replace("$", FLAT)}\n\nThen:\n\n\`\`\`sh\nlk sip dispatch update --id SDR_a rule.json\n\`\`\`\n`,
        },
        says: [
          expect.stringMatching(
            /^README\.md not-create update-evidence README\.md:\d+$/,
          ) as unknown as string,
        ],
      },
    ]),
  ),
  "a page that only names a file": {
    files: {
      "README.md": `Run \`lk sip dispatch create rule.json\`:\n\n\`\`\`json\n${FLAT}\n\`\`\`\n\n\`\`\`sh\nlk sip dispatch update rule.json\n\`\`\`\n`,
    },
    says: ["README.md migrated assumed-create"],
  },
  "a page that shows a file twice": {
    files: {
      "README.md": ["create", "update"]
        .map(
          (verb) =>
            `Create a file named \`rule.json\`:\n\n\`\`\`json\n${FLAT}\n\`\`\`\n\n\`\`\`sh\nlk sip dispatch ${verb} rule.json\n\`\`\`\n\n`,
        )
        .join(""),
    },
    says: [...created("README.md:8", "README.md"), ...updated("README.md:18", "README.md")],
  },
  "a page whose commands stand before what they mean": {
    files: {
      "README.md": ["create", "update"]
        .map(
          (verb) =>
            `\`\`\`sh\nlk sip dispatch ${verb} rule.json\n\`\`\`\n\nCreate a file named \`rule.json\`:\n\n\`\`\`json\n${FLAT}\n\`\`\`\n\n`,
        )
        .join(""),
    },
    says: ["create", "update"].map(
      () => "README.md needs-person conflicting-evidence README.md:2 README.md:12",
    ),
  },
  "pages that each show a file of one name": {
    files: Object.fromEntries(
      ["create", "update"].map((verb) => [
        `${verb}.md`,
        `Create a file named \`rule.json\`:\n\n\`\`\`json\n${FLAT}\n\`\`\`\n\n\`\`\`sh\nlk sip dispatch ${verb} rule.json\n\`\`\`\n`,
      ]),
    ),
    says: [...created("create.md:8", "create.md"), ...updated("update.md:8", "update.md")],
  },
  "blocks that give one name something, each in its language": {
    files: {
      "README.md":
        '```python\nrequest = api.CreateSIPDispatchRuleRequest(name="desk", rule=rule)\nawait lk.sip.create_dispatch_rule(request)\n```\n\n```go\nrequest := &livekit.UpdateSIPDispatchRuleRequest{SipDispatchRuleId: id}\nsip.UpdateSIPDispatchRule(ctx, request)\n```\n',
    },
    says: created("README.md:2", "README.md"),
  },
  "a page that shows a file which is committed elsewhere": {
    files: {
      ...script(
        `Edit \`rule.json\`:\n\n\`\`\`json\n${FLAT}\n\`\`\`\n\n\`\`\`sh\nlk sip dispatch update rule.json\n\`\`\`\n`,
        "README.md",
      ),
    },
    says: [...updated("README.md:8", "README.md"), ...updated("README.md:8")],
  },
  "a variable that blocks of the page set to one file and to another": {
    files: {
      ...script(
        "```sh\nexport RULE=sip/rule.json\n```\n\n```sh\nlk sip dispatch update --id $ID $RULE\n```\n\n```sh\nRULE=sip/new.json\nlk sip dispatch create $RULE\n```\n",
        "a.md",
      ),
      "sip/new.json": FLAT,
    },
    says: ["sip/new.json", "sip/rule.json"].map(
      (file) => `${file} needs-person conflicting-evidence a.md:11 a.md:6`,
    ),
  },
  ...Object.fromEntries(
    [
      "Run `lk sip dispatch update --id SDR_a FILE`, where `sip/rule.json` is the file.",
      "| `sip/rule.json` | `lk sip dispatch update` |",
      "With `rule.json`: `lk sip dispatch update --id SDR_a <file>`",
    ].map((line): [string, Repository] => [
      `a command beside the only file of its line: ${line}`,
      { files: script(`# Rules\n\n${line}\n`, "a.md"), says: updated("a.md:3") },
    ]),
  ),
  ...Object.fromEntries(
    [
      "Create from `sip/rule.json`, and later `lk sip dispatch update`.",
      "`sip/rule.json` is not for `lk sip dispatch update`.",
      "`sip/rule.json` or `sip/other.json`, with `lk sip dispatch update`.",
      "`sip/rule.json`; `lk sip dispatch update sip/other.json`",
      "`lk sip dispatch list`, `sip/rule.json`",
    ].map((line): [string, Repository] => [
      `a command that may not be about the file of its line: ${line}`,
      { files: script(`# Rules\n\n${line}\n`, "a.md"), says: assumed() },
    ]),
  ),
  "a dashboard that is only mentioned": {
    files: { "README.md": `Open the dashboard.\n\nCreate the rule:\n\n\`\`\`json\n${FLAT}\n\`\`\`\n` },
    says: ["README.md migrated assumed-create"],
  },
  "wrapped, and updated from": {
    files: { "sip/rule.json": WRAPPED, "run.sh": "lk sip dispatch update sip/rule.json\n" },
    says: ["sip/rule.json already-wrapped wrapped run.sh:1 wrapped-for-update"],
  },
  "wrapped, and created from": {
    files: { "sip/rule.json": WRAPPED, "run.sh": "lk sip dispatch create sip/rule.json\n" },
    says: ["sip/rule.json already-wrapped wrapped run.sh:1"],
  },
  "wrapped, and unwrapped for an update": {
    files: {
      "sip/rule.json": WRAPPED,
      "run.sh": "jq .dispatch_rule sip/rule.json | lk sip dispatch update -\n",
    },
    says: ["sip/rule.json already-wrapped wrapped"],
  },
  "a page shows a command with a word for the file": {
    files: script(
      '```sh\nlk sip dispatch update --id <ID> your-rule.json\nlk sip dispatch update --id "$ID" "$FILE"\n```\n',
      "README.md",
    ),
    says: assumed(),
  },
};

itSaysOf("what pages and names of files say of a request", REPOSITORIES);

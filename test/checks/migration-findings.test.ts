import { describe, expect, it } from "vitest";
import { migrateText } from "../../src/plan/migrate-text.ts";

const RULE = '"rule": {"dispatchRuleDirect": {"roomName": "lobby"}}';

/** What a finding of the only request says that migrates. */
async function said(
  path: string,
  text: string,
  id: string,
): Promise<{ message: string; next?: string } | undefined> {
  const { sites } = await migrateText(path, text);
  const migrated = sites.filter(({ outcome }) => outcome === "migrated");
  expect(migrated).toHaveLength(1);
  return migrated[0]?.findings.find((finding) => finding.id === id);
}

describe("what speaks against touching a request in code", () => {
  const CODE = 'BODY = {"trunk_ids": ["ST_a"], "rule": {"dispatch_rule_direct": {"room_name": "lobby"}}}\n';
  const next = async (unsafe: boolean): Promise<unknown[]> => {
    const { sites } = await migrateText("a.py", CODE, { unsafe });
    return sites.map(({ outcome, findings: [first] }) => [outcome, first?.id, first?.next]);
  };

  it("can be overruled, and is not said to be overruled by what was given already", async () => {
    expect(await next(false)).toEqual([
      ["needs-person", "unknown-destination", expect.stringContaining("migrate it with `--unsafe`")],
    ]);
    expect(await next(true)).toEqual([
      ["migrated", "unknown-destination", "Look at it: `--unsafe` overrules this."],
    ]);
  });
});

/** Commands as a step of a workflow. */
function step(...commands: readonly string[]): string {
  return ["steps:", "  - run: |", ...commands.map((command) => `      ${command}`), ""].join("\n");
}

describe("the old name of Python's method", () => {
  it.each([
    ["a wrapped request", "dispatch_rule=api.SIPDispatchRuleInfo(rule=RULE)", "already-wrapped"],
    ["a flat one", "rule=RULE", "migrated"],
  ])("is named for %s", async (_, fields, outcome) => {
    const call = `await lk.sip.create_sip_dispatch_rule(api.CreateSIPDispatchRuleRequest(${fields}))`;
    const rule = "RULE = api.SIPDispatchRule(dispatch_rule_direct=api.SIPDispatchRuleDirect(room_name='a'))";
    const text = `from livekit import api\n${rule}\nasync def main(lk):\n    ${call}\n`;
    const { sites } = await migrateText("a.py", text);
    expect(sites.map((site) => [site.outcome, site.findings.map(({ id }) => id)])).toEqual([
      [outcome, expect.arrayContaining(["deprecated-create-method"])],
    ]);
    expect((await migrateText("a.py", text.replace("_sip_", "_"))).sites[0]?.findings).toEqual(
      sites[0]?.findings.filter(({ id }) => id !== "deprecated-create-method"),
    );
  });
});

describe("the command that replaces a live rule", () => {
  const COMMAND = "| lk sip dispatch update --id SDR_… -`.";
  const NUMBERS = '"inbound_numbers": ["+15550100"]';

  it.each([
    ["takes a file", "", "`sip-dispatch convert rule.json --to info"],
    [
      "is run once an unquoted placeholder is filled in",
      '"trunk_ids": $IDS,',
      "With the placeholders filled in,",
    ],
    ["is run once a quoted one is", '"trunk_ids": ["${ID}"],', "With the placeholders filled in,"],
    ["says nothing of one in an annotation", '"_comment": "${ID}",', "`sip-dispatch"],
  ])("%s", async (_, field, begins) => {
    const next = (await said("rule.json", `{${field} ${NUMBERS}, ${RULE}}`, "live-rule"))?.next ?? "";
    expect([next.slice(0, begins.length), next.slice(-COMMAND.length)]).toEqual([begins, COMMAND]);
  });

  it.each([
    ["a list", `[{${NUMBERS}, ${RULE}}]`],
    ["a list with a comment behind the item", `[{${NUMBERS}, ${RULE}} // one\n]`],
    ["a list with a comment before it", `// [\n[ // all\n{${NUMBERS}, ${RULE}}\n]`],
  ])("takes the item of %s from a file of its own", async (_, text) => {
    const next = (await said("rule.json", text, "live-rule"))?.next ?? "";
    expect(next).toMatch(/^With the request in a file of its own, `sip-dispatch convert rule\.json /);
  });

  it("takes the file of one request, whatever comments surround it", async () => {
    const text = `\uFEFF// [\n/* a */ {${NUMBERS}, ${RULE}} // ]\n`;
    expect((await said("night.json", text, "live-rule"))?.next).toMatch(
      /^`sip-dispatch convert night\.json --to info/,
    );
  });
});

describe("an unquoted placeholder is refused by `lk`", () => {
  it.each([
    ["in a file", "rule.json", `{"trunk_ids": [$IDS], ${RULE}}`],
    ["in a quoted heredoc", "a.sh", `cat > rule.json <<'EOF'\n{"trunk_ids": [$IDS], ${RULE}}\nEOF\n`],
    ["in single quotes", "a.sh", `curl -d '{"trunk_ids": [$IDS], ${RULE}}' https://example.com\n`],
    [
      "in a heredoc whose shell does not know it",
      "a.sh",
      `cat > rule.json <<EOF\n{"trunk_ids": [<IDS>], ${RULE}}\nEOF\n`,
    ],
    [
      "a shell's in a quoted heredoc of a workflow",
      "a.yaml",
      step("cat > rule.json <<'EOF'", `{"trunk_ids": [$IDS], ${RULE}}`, "EOF"),
    ],
    ["a shell's in a request of an editor", "a.http", `POST /a\n\n{"trunk_ids": [$IDS], ${RULE}}\n`],
  ])("%s", async (_, path, text) => {
    expect((await said(path, text, "lk-refuses"))?.message).toContain("an unquoted placeholder");
  });

  it.each([
    ["a heredoc's shell", "a.sh", `cat > rule.json <<EOF\n{"trunk_ids": [\${IDS}], ${RULE}}\nEOF\n`],
    [
      "double quotes",
      "a.sh",
      String.raw`lk -d "{\"trunk_ids\": $(cat ids), ${RULE.replaceAll('"', '\\"')}}"`,
    ],
    ["quotes that change", "a.sh", `lk -d '{"trunk_ids": ['"$IDS"'], ${RULE}}'\n`],
    ["printf", "a.sh", `printf '{"trunk_ids": [%s], ${RULE}}' "$IDS"\n`],
    ["jq", "a.sh", `jq -n --argjson ids "$IDS" '{"trunk_ids": $ids, ${RULE}}'\n`],
    [
      "a workflow",
      "a.yaml",
      step("cat > rule.json <<'EOF'", `{"trunk_ids": [\${{ vars.IDS }}], ${RULE}}`, "EOF"),
    ],
    ["Ansible", "a.yaml", `- copy:\n    content: |\n      {"trunk_ids": {{ ids }}, ${RULE}}\n`],
    ["an editor of requests", "a.http", `POST /a\n\n{"trunk_ids": {{ids}}, ${RULE}}\n`],
    ["make", "Makefile", `a:\n\tlk -d '{"trunk_ids": [$(IDS)], ${RULE}}'\n`],
    ["PowerShell", "a.ps1", `$body = @"\n{"trunk_ids": [$ids], ${RULE}}\n"@\n`],
  ])("but not where it is filled in by %s", async (_, path, text) => {
    expect(await said(path, text, "lk-refuses")).toBeUndefined();
  });
});

describe("a field that is newer than LiveKit's programs", () => {
  it.each([
    [
      "a field",
      '"room_config": {"agents": [{"threadId": "AT_a"}]}',
      "`thread_id` came with LiveKit's protocol 1.54.0",
    ],
    [
      "an enum's value",
      '"room_config": {"egress": {"room": {"segment_outputs": [{"protocol": 2}]}}}',
      "livekit-server drops it before 1.13.11",
    ],
  ])("is named: %s", async (_, field, words) => {
    expect((await said("rule.json", `{${field}, ${RULE}}`, "newer-field"))?.message).toContain(words);
  });

  it("is not named where it is unset", async () => {
    const agents = '"room_config": {"agents": [{"thread_id": null}]}';
    expect(await said("rule.json", `{${agents}, ${RULE}}`, "newer-field")).toBeUndefined();
  });
});

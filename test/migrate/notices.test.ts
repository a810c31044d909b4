import { describe, expect, it } from "vitest";
import { migrateText } from "../../src/migrate/migrate.ts";

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

/** Commands as a step of a workflow. */
function step(...commands: readonly string[]): string {
  return ["steps:", "  - run: |", ...commands.map((command) => `      ${command}`), ""].join("\n");
}

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

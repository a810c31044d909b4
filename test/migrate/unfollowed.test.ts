import { describe, expect, it } from "vitest";
import { readDocument } from "../../src/migrate/document.ts";
import { namedUpdates, unfollowedIn } from "../../src/migrate/unfollowed.ts";

/** How code speaks of an update, with a file behind it. */
const SPOKEN = [
  'lk("sip dispatch update rules/a.json")',
  'lk("sip dispatch-rule update rules/a.json")',
  'run(lk, "sip", "dispatch", "update", "rules/a.json")',
  "run(%w[lk sip dispatch-rules update rules/a.json])",
  'run(*LK, "dispatch", "update", "rules/a.json")',
  'lk["dispatch"].update("rules/a.json")',
  'cli("update-sip-dispatch-rule --request rules/a.json")',
  'post("/twirp/livekit.SIP/UpdateSIPDispatchRule", File.read("rules/a.json"))',
  'client.update_sip_dispatch_rule(id, read("rules/a.json"))',
  'client.update_dispatch_rule(id, read("rules/a.json"))',
  'client.updateSipDispatchRule(id, read("rules/a.json"))',
  'updateDispatchRule(id, "rules/a.json")',
  'run(UPDATE_DISPATCH_RULE, "rules/a.json")',
  '  --verbose dispatch update rules/a.json"',
];

/** Lines that name the file and update nothing, as far as their words say. */
const OTHERS = [
  'system("lk sip dispatch create rules/a.json")',
  'send("rules/update-dispatch-rule.json", "rules/a.json")',
  'log("updated", "rules/a.json")',
  "# lk sip dispatch update rules/a.json",
  "  // lk sip dispatch update rules/a.json",
];

/** The lines of a Ruby file that are caught: as code of which only words are understood, and near a file. */
async function caught(line: string): Promise<[number[], number[]]> {
  const text = `\n${line}\n`;
  const byWords = unfollowedIn("a.rb", await readDocument("a.rb", text));
  const byFile = namedUpdates("a.rb", text, "ruby").filter((update) => update.with === "rules/a.json");
  return [byWords.map(({ place }) => place.line), byFile.map(({ place }) => place.line)];
}

describe("an update that can't be followed", () => {
  it.each(SPOKEN)("is caught by the same words wherever it stands: %s", async (line) => {
    expect(await caught(line)).toEqual([[2], [2]]);
  });

  it.each(OTHERS)("is not what else names a file: %s", async (line) => {
    expect(await caught(line)).toEqual([[], []]);
  });

  it("by an id may be one of a trunk, and so is only caught with the file", async () => {
    expect(await caught('run(*LK, "update", "--id", id, "rules/a.json")')).toEqual([[], [2]]);
  });

  it("may be every file that a text names in a language that is not known, by way of a variable", () => {
    const script = "set f b.json\nlk sip dispatch update --id SDR_a $f\n";
    const [update, ...others] = namedUpdates("update.fish", script, undefined);
    expect([update?.place, others]).toEqual([{ path: "update.fish", line: 2 }, []]);
    expect(update?.with).toContain("b.json");
    expect(namedUpdates("notes.txt", "Put b.json in, and lk sip dispatch update it\n", undefined)).toEqual(
      [],
    );
  });

  it("may be every file that the source names", async () => {
    const [update] = unfollowedIn(
      "a.rb",
      await readDocument("a.rb", 'read("b.json")\n# c\ndispatch.update\n'),
    );
    expect(update?.place).toEqual({ path: "a.rb", line: 3 });
    expect(update?.with).toContain("b.json");
  });
});

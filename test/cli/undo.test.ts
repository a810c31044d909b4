import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { useTemporaryFolder } from "../files/temporary.ts";
import { run } from "./run.ts";

const folder = useTemporaryFolder();
const FLAT = '{"rule":{"dispatchRuleDirect":{"roomName":"lobby"}}}';

/** Two projects, each with a file that was migrated; the second one last. */
function twoProjects(): { one: string; two: string } {
  const [one, two] = ["one", "two"].map((name) => {
    const project = join(folder.path, name);
    mkdirSync(project);
    writeFileSync(join(project, "rule.json"), FLAT);
    expect(run(project, ["migrate", "rule.json", "--write"]).stdout).toContain("migrated and written");
    return project;
  });
  return { one: one ?? "", two: two ?? "" };
}

const textIn = (project: string): string => readFileSync(join(project, "rule.json"), "utf8");

describe("undo", () => {
  it("takes back the last run of the folder it is called in, not that of another project", () => {
    const { one, two } = twoProjects();
    expect(run(one, ["undo"])).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^rule\.json: restored\n1 file is as it was before run /),
    });
    expect([textIn(one), textIn(two) === FLAT]).toEqual([FLAT, false]);
    expect(run(one, ["undo"])).toMatchObject({
      status: 0,
      stdout: "",
      stderr: expect.stringContaining("no run to undo in"),
    });
    expect(textIn(two)).not.toBe(FLAT);
  });

  it("takes back a run by its name from anywhere", () => {
    const { two } = twoProjects();
    const list = run(folder.path, ["undo", "--list"]).stdout.trimEnd().split("\n");
    expect(list).toHaveLength(2);
    const [id = ""] = list[0]?.split(" ") ?? [];
    expect(run("/", ["undo", id]).status).toBe(0);
    expect(textIn(two)).toBe(FLAT);
    expect(run("/", ["undo", "nothing"])).toMatchObject({ status: 2 });
  });

  it("refuses a file that was edited since, and says so", () => {
    const { one } = twoProjects();
    writeFileSync(join(one, "rule.json"), "{}");
    const done = run(one, ["undo"]);
    expect(done).toMatchObject({ status: 3, stdout: expect.stringContaining("1 could not be restored") });
    expect(textIn(one)).toBe("{}");
  });

  it("is never needed for a file whose journal can't be written: that file is refused", () => {
    const state = process.env["SIP_DISPATCH_STATE"];
    // A place where no folder can be made. (Node's own recursive mkdir would try for ever under /proc.)
    process.env["SIP_DISPATCH_STATE"] = process.platform === "linux" ? "/proc/sip-dispatch" : "/dev/null/x";
    writeFileSync(join(folder.path, "rule.json"), FLAT);
    const done = run(folder.path, ["migrate", "rule.json", "--write"]);
    process.env["SIP_DISPATCH_STATE"] = state;
    expect(done).toMatchObject({
      status: 3,
      stdout: expect.stringContaining("can't be recorded in the journal"),
    });
    expect(textIn(folder.path)).toBe(FLAT);
  });
});

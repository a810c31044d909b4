import { closeSync, openSync, readFileSync, symlinkSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { useTemporaryFolder } from "../files/temporary.ts";
import { put, report, run } from "./run.ts";

const folder = useTemporaryFolder();
const RULE = '"rule":{"dispatchRuleDirect":{"roomName":"lobby"}}';
const FLAT = `{${RULE}}`;
const NUMBERS = `{"inbound_numbers":["+15550100"],"trunk_ids":["ST_a"],${RULE}}`;
const oneLine = (text: string): string => text.replaceAll(/\s+/g, " ");

describe("what follows -- are paths", () => {
  it.each([
    [["migrate", "--quiet", "--check", "--", "-x.json"], /\.\/-x\.json:|-x\.json:1:1 {2}would migrate/],
    [["convert", "--to", "info", "--", "-x.json"], /"rule"/],
    [["diff", "--", "-x.json", "-x.json"], /The same meaning: 1 rule/],
  ])("%j", (args, printed) => {
    put(folder.path, { "-x.json": FLAT });
    expect(run(folder.path, args).stdout).toMatch(printed);
  });

  it("also for undo, which undoes nothing else", () => {
    put(folder.path, { "a.json": FLAT });
    run(folder.path, ["migrate", "a.json", "--write"]);
    expect(run(folder.path, ["undo", "--", "2026-nothing"]).status).toBe(2);
    expect(readFileSync(join(folder.path, "a.json"), "utf8")).not.toBe(FLAT);
  });
});

describe("values that an option can't have", () => {
  it.each(["--check=1", "--write=maybe", "--quiet=yes"])("%s", (option) => {
    put(folder.path, { "a.json": FLAT });
    expect(run(folder.path, ["migrate", "a.json", option])).toMatchObject({ status: 2, stdout: "" });
    expect(readFileSync(join(folder.path, "a.json"), "utf8")).toBe(FLAT);
  });

  it.each([
    ["-o", "-"],
    ["-o", ""],
  ])("%s %j", (...option) => {
    put(folder.path, { "a.json": FLAT });
    expect(run(folder.path, ["migrate", "a.json", ...option])).toMatchObject({ status: 2, stdout: "" });
  });
});

describe("colour", () => {
  const escapes = /\u001b\[\d+m/;
  it("comes through a pipe when it is asked for, and only then", () => {
    put(folder.path, { "a.json": NUMBERS });
    expect(run(folder.path, ["migrate", "a.json", "--color", "always"]).stdout).toMatch(escapes);
    expect(run(folder.path, ["migrate", "a.json"]).stdout).not.toMatch(escapes);
    expect(run(folder.path, ["migrate", "a.json", "--color", "never"]).stdout).not.toMatch(escapes);
  });

  it("changes nothing else", () => {
    put(folder.path, { "a.json": NUMBERS });
    const painted = run(folder.path, ["migrate", "a.json", "--color", "always"]).stdout;
    expect(painted.replaceAll(/\u001b\[\d+m/g, "")).toBe(run(folder.path, ["migrate", "a.json"]).stdout);
  });
});

describe("several files", () => {
  it("count a file once, however it is named", () => {
    put(folder.path, { "a.json": NUMBERS });
    symlinkSync("a.json", join(folder.path, "link.json"));
    const done = run(folder.path, ["migrate", "a.json", "./a.json", "link.json"]);
    expect(done.stdout).toContain("1 site: 1 to migrate.");
  });

  it("say that a server will refuse the rules together", () => {
    put(folder.path, {
      "a.json": NUMBERS,
      "b.json": `{"dispatch_rule":{"numbers":["+15550100"],"trunk_ids":["ST_a"],${RULE}}}`,
    });
    const { stdout } = run(folder.path, ["migrate", "a.json", "b.json"]);
    expect(oneLine(stdout)).toContain(
      "livekit-server refuses to create a.json:1 beside b.json:1: both take calls to +15550100 from anyone on trunk ST_a.",
    );
  });

  it("begin with what a server will refuse, and with a line of each rule", () => {
    const flat = (name: string, number: string, agent: string): string =>
      `{"name":"${name}","inbound_numbers":["${number}"],"trunk_ids":["ST_a"],"room_config":{"agents":[{"agent_name":"${agent}"}]},${RULE}}`;
    put(folder.path, {
      "a.json": flat("a", "+15550100", "ann"),
      "b.json": flat("b", "+15550101", "ann"),
      "c.json": flat("c", "+15550102", "cem"),
      "d.json": flat("d", "+15550103", "dan"),
      "e.json": `{"dispatch_rule":{"name":"e","numbers":["+1 555 0103"],"trunk_ids":["ST_a"],${RULE}}}`,
      "z.json": `{"dispatch_rule":{"name":"z","trunk_ids":["ST_a"],"room_config":{"agents":[{"agent_name":"zoe"}]},${RULE}}}`,
    });
    const { stdout } = run(folder.path, ["migrate", "."]);
    expect(stdout.split("\n").slice(0, 10)).toEqual([
      "! livekit-server refuses to create d (d.json:1) beside e (e.json:1): both take",
      "  calls to +15550103 from anyone on trunk ST_a, once numbers are normalised.",
      "",
      "Routing changes, 4 requests:",
      "  a, b (agent ann); c (agent cem): + calls that went to z (agent zoe); − calls",
      "    that then go to e (no agent by name), z (agent zoe)",
      "  d (agent dan): refused; − calls that then go to e (no agent by name), z",
      "    (agent zoe)",
      "",
      "a.json:1:1  would migrate",
    ]);
  });

  it("count rules that are not requests, too", () => {
    put(folder.path, {
      "a.json": NUMBERS,
      "live.json": `{"sip_dispatch_rule_id":"SDR_1","numbers":["+15550100"],"trunk_ids":["ST_a"],${RULE}}`,
    });
    expect(oneLine(run(folder.path, ["migrate", "a.json", "live.json"]).stdout)).toContain(
      "livekit-server refuses to create a.json:1 beside live.json:1",
    );
  });

  it("are named in conflict with themselves when one lists a number twice", () => {
    put(folder.path, { "a.json": NUMBERS.replace('["+15550100"]', '["+15550100","15550100"]') });
    const { stdout } = run(folder.path, ["migrate", "a.json"]);
    expect(oneLine(stdout)).toContain(
      "livekit-server refuses to create a.json:1: it lists a value twice (15550100); it did before, too.",
    );
  });
});

describe("diff of a side that can't be read", () => {
  it.each([
    ["a missing file", "none.json"],
    ["a file that is cut off", "broken.json"],
    ["a rule that nobody can use", "unknown.json"],
  ])("compares nothing: %s", (_, side) => {
    put(folder.path, { "a.json": FLAT, "broken.json": "{", "unknown.json": `{"trunks":[],${RULE}}` });
    for (const sides of [
      ["a.json", side],
      [side, side],
    ]) {
      const done = run(folder.path, ["diff", ...sides]);
      expect(done).toMatchObject({ status: 3, stdout: "" });
      expect(done.stderr).toContain("Nothing was compared");
    }
  });
});

describe("a stream", () => {
  it("leaves out the line that is not UTF-8, and goes on", () => {
    const bad = Buffer.concat([
      Buffer.from(`${FLAT}\n{"name":"`),
      Buffer.from([0xff]),
      Buffer.from(`"}\n${FLAT}\n`),
    ]);
    const done = run(folder.path, ["convert", "-", "--from-format", "ndjson", "--to", "info"], bad);
    expect(done.status).toBe(3);
    expect(done.stdout.trimEnd().split("\n")).toHaveLength(2);
    expect(done.stderr).toMatch(/^-:2:1: this line is not valid UTF-8\. /);
  });

  it("accounts for every line, also in migrate", () => {
    put(folder.path, { "rules.ndjson": `${FLAT}\n[1]\nnull\n` });
    expect(run(folder.path, ["migrate", "rules.ndjson"]).stdout).toContain(
      "3 sites: 1 to migrate, 2 without a dispatch rule.",
    );
  });
});

describe("an output that takes nothing more", () => {
  it.skipIf(process.platform !== "linux")(
    "is no defect of ours, and is said in a sentence (needs /dev/full, so Linux)",
    () => {
      put(folder.path, { "a.json": FLAT });
      const full = openSync("/dev/full", "w");
      const program = join(import.meta.dirname, "../../bin/sip-dispatch.js");
      const done = spawnSync(process.execPath, [program, "migrate", "a.json"], {
        cwd: folder.path,
        stdio: ["ignore", full, "pipe"],
        encoding: "utf8",
      });
      closeSync(full);
      expect(done.status).toBe(3);
      expect(done.stderr).toMatch(/^sip-dispatch: standard output can't be written: the disk is full/);
    },
  );
});

describe("the server that is too old", () => {
  it.each([
    ["1.8.0", FLAT, "Upgrade livekit-server to 1.9.0 or newer first"],
    ["1.8.0", NUMBERS, "Upgrade livekit-server to 1.9.11 or newer first"],
    ["1.9.10", NUMBERS, "Upgrade livekit-server to 1.9.11 or newer first"],
  ])("%s for %s", (version, text, next) => {
    put(folder.path, { "a.json": text });
    const { status, stdout } = run(folder.path, ["migrate", "a.json", "--server", version]);
    expect(status).toBe(3);
    expect(oneLine(stdout)).toContain(next);
  });

  it.each(["diff", "route"])("%s only routes with it", (command) => {
    const help = oneLine(run(folder.path, [command, "--help"]).stdout);
    expect(help).toContain("The livekit-server that routes: its version, or cloud (default: the newest)");
  });
});

describe("numbers that the known trunks spell in another way", () => {
  const trunks = JSON.stringify({
    items: [{ sipTrunkId: "ST_a", numbers: ["+15550100"], allowedNumbers: ["+15550177"] }],
  });
  const warned = (number: string): string[] => {
    put(folder.path, { "trunks.json": trunks, "a.json": NUMBERS.replace("+15550100", number) });
    const args = ["migrate", "a.json", "--known-trunks", "trunks.json", "--format", "json"];
    const findings = report(run(folder.path, args)).sites.flatMap((site) => site.findings);
    return findings.filter(({ id }) => id === "spelled-otherwise").map(({ message }) => message);
  };

  it.each([
    ["15550100", "+15550100"],
    ["1 (555) 0100", "+15550100"],
    ["1-555-0177", "+15550177"],
  ])("%s", (number, ofTrunk) => {
    const [message, ...more] = warned(number);
    expect(message).toContain(`the known trunks (trunks.json) spell ${number} as ${ofTrunk}, `);
    expect(more).toEqual([]);
  });

  it.each(["+15550100", "+15550177", "15550199"])("nothing is said of %s", (number) => {
    expect(warned(number)).toEqual([]);
  });
});

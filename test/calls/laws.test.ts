import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diagnosesOf, LOGS } from "./logs.ts";

/** The logs of livekit-sip, each with its lines; those of one format make a day of calls. */
const DAYS = ["sip.json", "sip.console"].map((format) => ({
  format,
  calls: [...LOGS].filter(([name]) => name.endsWith(format)).map(([, text]) => text.trimEnd().split("\n")),
}));

/** What is said of each call, by its id. What has none is told apart by its SIP Call-ID and method. */
function saidIn(lines: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    diagnosesOf(lines).map(({ call, cause, certainty, wire, explanation, next }) => [
      call.callId || `${call.sipCallId} ${call.error}`,
      { from: call.from, to: call.to, trunk: call.trunkId, cause, certainty, wire, explanation, next },
    ]),
  );
}

/** The lines of several logs, of which each keeps its order. */
function mixed(logs: readonly (readonly string[])[]): string[] {
  const places = fc.sample(fc.noBias(fc.double({ min: 0, max: 1, noNaN: true })), logs.flat().length);
  const left = logs.map((lines) => [...lines]).filter((lines) => lines.length > 0);
  return places.flatMap((place) => {
    const at = Math.min(left.length - 1, Math.floor(place * left.length));
    const next = left[at]?.shift() ?? "";
    if (left[at]?.length === 0) left.splice(at, 1);
    return [next];
  });
}

/** What other programs write before and around a line. */
const CARRIERS: Readonly<Record<string, (line: string, at: number) => string>> = {
  "kubectl logs --prefix": (line) => `[pod/livekit-sip-7d9c/sip] ${line}`,
  "kubectl logs --timestamps": (line) => `2026-11-29T23:59:59.123456789Z ${line}`,
  "docker compose": (line) => `livekit-sip-1  | ${line}`,
  "docker compose, coloured": (line) => `\u001b[36mlivekit-sip-1  |\u001b[0m ${line}`,
  "a container runtime": (line) => `2026-11-29T23:59:59.123456789Z stderr F ${line}`,
  journald: (line) => `Nov 29 23:59:59 host livekit-sip[812]: ${line}`,
  "rsyslog, which escapes tabs": (line) =>
    `Nov 29 23:59:59 host livekit-sip[812]: ${line.replaceAll("\t", "#011")}`,
  "a terminal, which has no tabs": (line) => line.replaceAll("\t", "    "),
  "coloured levels": (line) =>
    line.replace(/INFO|WARN|DEBUG|ERROR/, (level) => `\u001b[34m${level}\u001b[0m`),
  "Windows line ends": (line) => `${line}\r`,
  "Docker's own JSON": (line) =>
    JSON.stringify({ log: `${line}\n`, stream: "stderr", time: "2026-11-29T23:59:59.1Z" }),
  "journald's JSON": (line) =>
    JSON.stringify({ __REALTIME_TIMESTAMP: "1795993880434079", MESSAGE: line, PRIORITY: "6" }),
  "a collector in a collector": (line) =>
    JSON.stringify({ kubernetes: { pod: "a" }, message: JSON.stringify({ log: line, stream: "stderr" }) }),
};

describe.each(DAYS)("the calls of a day of $format", ({ calls }) => {
  const said = saidIn(calls.flat());

  it("are as many as of their logs alone", () => {
    const alone = Object.assign({}, ...calls.map((lines) => saidIn(lines)));
    expect(said).toEqual(alone);
    expect(Object.keys(said).length).toBeGreaterThan(40);
  });

  it("are the same whatever the lines of others stand between theirs", () => {
    expect(saidIn(mixed(calls))).toEqual(said);
  });

  it("are the same where every line stands there twice, as in logs that overlap", () => {
    expect(saidIn([...calls.flat(), ...calls.flat()])).toEqual(said);
  });

  it("are the same between torn lines and those of other programs", () => {
    const noise = [
      '{"level":"info","msg":"SCL_',
      "SIP ",
      '{"a":{"b":"SCL_x"}}',
      "\u0000SCL_\ufffd{",
      "SIP {}",
    ];
    const torn = mixed(calls).flatMap((line, at) => [
      noise[at % noise.length] ?? "",
      line,
      // A line that a copy has lost its end or its begin of; at least the id of its call stands in it no more.
      line.slice(0, line.indexOf('"callID"')),
    ]);
    expect(saidIn(torn)).toEqual(said);
  });

  it.each(Object.keys(CARRIERS))("are the same behind %s", (name) => {
    expect(saidIn(mixed(calls).map((line, at) => CARRIERS[name]?.(line, at) ?? ""))).toEqual(said);
  });
});

describe("the logs of both programs together", () => {
  it.each(["json", "console"])("of %s hold the same calls, with the same causes", (format) => {
    const of = (program: string): string[][] =>
      [...LOGS]
        .filter(([name]) => name.endsWith(`${program}.${format}`))
        .map(([, text]) => text.trimEnd().split("\n"));
    const shortly = (lines: readonly string[]): string[] =>
      diagnosesOf(lines).map(
        ({ call, cause, certainty }) => `${call.callId} ${call.sipCallId} ${cause} ${certainty}`,
      );
    const alone = shortly(of("sip").flat());
    expect(shortly(mixed([...of("sip"), ...of("server")])).toSorted()).toEqual(alone.toSorted());
  });
});

describe("of calls whose lines have lost their ends", () => {
  it.each([0.95, 0.8, 0.6, 0.4])("nothing else is certain, where %d of each is left", (share) => {
    for (const [name, text] of LOGS) {
      const lines = text.trimEnd().split("\n");
      const [whole] = diagnosesOf(lines);
      const cut = diagnosesOf(lines.map((line) => line.slice(0, line.length * share)));
      const certain = cut.filter(({ certainty }) => certainty === "certain").map(({ cause }) => cause);
      expect([name, certain.filter((cause) => cause !== whole?.cause)]).toEqual([name, []]);
    }
  });
});

describe("a log that begins or ends within a call", () => {
  it.each(DAYS)("of $format says the same of all others", ({ calls }) => {
    const lines = mixed(calls);
    const whole = saidIn(lines);
    for (const [from, to] of [
      [0.3, 1],
      [0, 0.7],
    ] as const) {
      const part = lines.slice(lines.length * from, lines.length * to);
      const half = part[0]?.slice(40) ?? "";
      const said = saidIn([half, ...part.slice(1)]);
      const gone = lines.filter((line) => !part.includes(line) || line === part[0]);
      const cut = new Set(gone.flatMap((line) => /SCL_\w+/.exec(line)?.[0] ?? []));
      const others = Object.keys(whole).filter((id) => !cut.has(id) && id.startsWith("SCL_"));
      // Two lines name no call, and may be gone where all of the others are there.
      const named = others.filter((id) => !/conflict/.test(JSON.stringify(whole[id])));
      expect(named.length).toBeGreaterThan(3);
      for (const id of named) expect(said[id]).toEqual(whole[id]);
    }
  });
});

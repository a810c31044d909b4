import type fc from "fast-check";
import { type Dice, dice } from "./dice.ts";
import type { Generated } from "./expect-all-right.ts";
import { type Held, READERS, SEND, TRAVEL } from "./script-steps.ts";

/** A generated script, and the command line that runs it. */
export interface GeneratedScript extends Generated {
  run: string;
}

/** Scripts, each of a request that is written somewhere, travels, and is sent or not. */
export const script: fc.Arbitrary<GeneratedScript> = dice.map(built);

function built(pick: Dice): GeneratedScript {
  const { files, lines, held, name } = written(pick);
  const [file = "run.sh"] = Object.keys(files);
  const steps = [name];
  let [now, isPlain] = [held, true];
  const reads = held.as === "file" ? pick([undefined, undefined, undefined, ...READERS]) : undefined;
  const reader = reads?.line(held.text);
  if (reads !== undefined) {
    lines.push(reads.line(held.text));
    steps.push(reads.name);
  }
  for (const at of pick([[], [1], [1], [1, 2], [1, 2, 3]])) {
    const looks = pick([true, undefined, undefined, undefined]);
    const travel = pick(TRAVEL.filter((one) => one.from === now.as && one.looks === looks));
    const to =
      travel.to === "variable" ? `BODY${at}` : pick([`"$work/step${at}.json"`, `build/step${at}.json`]);
    const line = travel.line(now.text, to);
    if (travel.before !== undefined) lines.push(travel.before);
    if (travel.to !== "pipe") lines.push(line);
    Object.assign(files, travel.files);
    now = { as: travel.to, text: travel.to === "pipe" ? line : to };
    steps.push(travel.name);
    isPlain &&= travel.looks !== true;
  }
  const looks = pick([true, undefined, undefined]);
  const send = pick(SEND.filter((one) => one.from === now.as && one.looks === looks));
  lines.push(...send.lines(now.text));
  steps.push(send.name);
  const neighbour = pick([undefined, undefined, "create", "update --id SDR_2"] as const);
  if (neighbour !== undefined) lines.push(`lk sip dispatch ${neighbour} other/night.json`);
  const run = `${["#!/usr/bin/env bash", "work=$(mktemp -d)", "mkdir -p build", "export TRUNK_ID", ...lines].join("\n")}\n`;
  return {
    files: {
      ...files,
      ...send.files,
      ...(neighbour !== undefined && {
        "other/night.json":
          '{"name":"night","trunk_ids":["ST_n"],"rule":{"dispatchRuleDirect":{"roomName":"night"}}}\n',
      }),
      "run.sh": run,
    },
    run: "bash run.sh",
    steps,
    written: file,
    reader: reader === undefined ? undefined : `run.sh:${run.split("\n").indexOf(reader) + 1}`,
    isPlain: isPlain && send.looks !== true,
    neighbour: neighbour && {
      path: "other/night.json",
      outcome: neighbour === "create" ? "migrated" : "not-create",
    },
  };
}

/** Writes a request down: in a file of the repository, or in the script. */
function written(pick: Dice): { files: Record<string, string>; lines: string[]; held: Held; name: string } {
  const trunk = pick(["ST_a", "__TRUNK__", "__TRUNK__", "$TRUNK_ID", "${TRUNK_ID}"]);
  const fields: Record<string, unknown> = { name: "desk", [pick(["trunk_ids", "trunkIds"])]: [trunk] };
  if (pick([true, false, false])) fields["_comment"] = "for the desk";
  if (pick([true, false])) fields[pick(["inbound_numbers", "inboundNumbers"])] = ["+15550100"];
  if (pick([true, false, false])) fields["hide_phone_number"] = true;
  fields["rule"] = { dispatchRuleIndividual: { roomPrefix: "desk-" } };
  const text = pick([JSON.stringify(fields, undefined, 2), JSON.stringify(fields)]);
  const file = pick(["rules/desk.json", "desk.json", "sip/dispatch-desk.json"]);
  const lines = (way: string): string[] => way.split("\n");
  const escaped = text.replaceAll('"', String.raw`\"`);
  const inScript = (name: string, way: string, as: Held["as"], to: string) => ({
    files: {},
    lines: lines(way),
    held: { as, text: to },
    name,
  });
  return pick([
    { files: { [file]: `${text}\n` }, lines: [], held: { as: "file", text: file }, name: "file" },
    { files: { [file]: `${text}\n` }, lines: [], held: { as: "file", text: file }, name: "file" },
    {
      files: { [file]: text },
      lines: [`RULE="$(dirname "$0")/${file}"`],
      held: { as: "file", text: '"$RULE"' },
      name: "file by a variable",
    },
    inScript("heredoc to a file", `cat > "$work/desk.json" <<EOF\n${text}\nEOF`, "file", '"$work/desk.json"'),
    inScript(
      "quoted heredoc to a file",
      `cat <<'EOF' > build/desk.json\n${text}\nEOF`,
      "file",
      "build/desk.json",
    ),
    inScript("heredoc to a variable", `BODY=$(cat <<EOF\n${text}\nEOF\n)`, "variable", "BODY"),
    inScript("single quotes", `BODY='${text}'`, "variable", "BODY"),
    inScript("escaped quotes", `BODY="${escaped}"`, "variable", "BODY"),
  ]);
}

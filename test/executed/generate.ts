import type fc from "fast-check";
import { type Dice, dice } from "./dice.ts";
import type { Generated } from "./expect-all-right.ts";

/** A generated script, and the command line that runs it. */
export interface GeneratedScript extends Generated {
  run: string;
}

/** Where the request is at a moment: a file's path, a command that prints it, or a variable. All as bash takes them. */
interface Held {
  as: "file" | "pipe" | "variable";
  text: string;
}

interface Step {
  name: string;
  from: Held["as"];
  to: Held["as"];
  /** Looks into the request, so that a person may be needed. */
  looks?: true;
  /** The line that does it, from where the request is to where it goes. A step to a pipe gives its command. */
  line: (from: string, to: string) => string;
}

const SED = '"s/__TRUNK__/$TRUNK_ID/"';
const step = (name: string, from: Held["as"], to: Held["as"], line: Step["line"]): Step => ({
  name,
  from,
  to,
  line,
});
const looking = (name: string, from: Held["as"], to: Held["as"], line: Step["line"]): Step => ({
  ...step(name, from, to, line),
  looks: true,
});

/** How a request travels. */
const TRAVEL: readonly Step[] = [
  step("cp", "file", "file", (f, to) => `cp ${f} ${to}`),
  step("cat to a file", "file", "file", (f, to) => `cat ${f} > ${to}`),
  step("sed of a value", "file", "file", (f, to) => `sed ${SED} ${f} > ${to}`),
  step("cp and sed -i", "file", "file", (f, to) => `cp ${f} ${to} && sed -i ${SED} ${to}`),
  step("envsubst", "file", "file", (f, to) => `envsubst < ${f} > ${to}`),
  step("jq without the comment", "file", "file", (f, to) => `jq 'del(._comment)' ${f} > ${to}`),
  step("tee", "file", "file", (f, to) => `cat ${f} | tee ${to} > /dev/null`),
  step("cat down a pipe", "file", "pipe", (f) => `cat ${f}`),
  step("sed down a pipe", "file", "pipe", (f) => `sed -e ${SED} ${f}`),
  step("envsubst down a pipe", "file", "pipe", (f) => `envsubst '$TRUNK_ID' < ${f}`),
  step("jq down a pipe", "file", "pipe", (f) => `jq 'del(._comment)' ${f}`),
  step("jq -c", "file", "pipe", (f) => `jq -c . ${f}`),
  step("cat into a variable", "file", "variable", (f, to) => `${to}=$(cat ${f})`),
  step("file into a variable", "file", "variable", (f, to) => `${to}="$(< ${f})"`),
  step("sed into a variable", "file", "variable", (f, to) => `${to}=$(sed ${SED} ${f})`),
  step("jq after a pipe", "pipe", "pipe", (p) => `${p} | jq -c 'del(._comment)'`),
  step("sed after a pipe", "pipe", "pipe", (p) => `${p} | sed ${SED}`),
  step("tee after a pipe", "pipe", "pipe", (p) => `${p} | tee sent.log`),
  step("pipe to a file", "pipe", "file", (p, to) => `${p} > ${to}`),
  step("pipe into a variable", "pipe", "variable", (p, to) => `${to}=$(${p})`),
  step("echo of a variable", "variable", "pipe", (v) => `echo "$${v}"`),
  step("printf of a variable", "variable", "pipe", (v) => `printf '%s' "$${v}"`),
  step("variable to a file", "variable", "file", (v, to) => `echo "$${v}" > ${to}`),
  step("variable to a variable", "variable", "variable", (v, to) => `${to}="$${v}"`),
  looking("sed of a key", "file", "file", (f, to) => `sed 's/"name"/"metadata"/' ${f} > ${to}`),
  looking(
    "awk of a line",
    "file",
    "file",
    (f, to) => `awk 'NR == 2 { print "  \\"metadata\\": \\"m\\"," } 1' ${f} > ${to}`,
  ),
  looking("perl of a key", "file", "pipe", (f) => `perl -pe 's/"name": ?"desk"/"name":"perl"/' ${f}`),
  looking(
    "jq sets a key",
    "file",
    "file",
    (f, to) => `jq --arg t "$TRUNK_ID" '.trunk_ids = [$t]' ${f} > ${to}`,
  ),
  looking("jq adds an object", "file", "pipe", (f) => `jq '. + {"name": "added"}' ${f}`),
  looking("jq sets a key after a pipe", "pipe", "pipe", (p) => `${p} | jq '.name = "piped"'`),
  looking("jq wraps", "file", "pipe", (f) => `jq '{dispatch_rule: .}' ${f}`),
  looking(
    "printf wraps",
    "variable",
    "variable",
    (v, to) => `${to}=$(printf '{"dispatch_rule": %s}' "$${v}")`,
  ),
  looking("variable wraps", "variable", "variable", (v, to) => `${to}="{\\"dispatch_rule\\": $${v}}"`),
  looking(
    "bash replaces a key",
    "variable",
    "variable",
    (v, to) => `${to}="\${${v}/\\"name\\"/\\"metadata\\"}"`,
  ),
  looking(
    "python sets a key",
    "file",
    "file",
    (f, to) =>
      `python3 -c 'import json,sys; r=json.load(open(sys.argv[1])); r["name"]="set"; print(json.dumps(r))' ${f} > ${to}`,
  ),
];

const CURL =
  'curl -s "$LIVEKIT_URL/twirp/livekit.SIP/CreateSIPDispatchRule" -H "Authorization: Bearer $TOKEN"';

/** How it is sent: the lines that do it. `looks` stands for everything that is no plain creating. */
const SEND: readonly (Omit<Step, "to" | "line"> & {
  lines: (from: string) => string[];
  files?: Record<string, string>;
})[] = [
  { name: "create", from: "file", lines: (f) => [`lk sip dispatch create ${f}`] },
  {
    name: "create with --trunks",
    from: "file",
    lines: (f) => [`lk sip dispatch create --trunks "$TRUNK_ID" ${f}`],
  },
  { name: "create from <", from: "file", lines: (f) => [`lk sip dispatch create - < ${f}`] },
  {
    name: "create in a function",
    from: "file",
    lines: (f) => ['send() { lk sip dispatch create "$1"; }', `send ${f}`],
  },
  {
    name: "create in a loop",
    from: "file",
    lines: (f) => [`for one in ${f}; do`, '  lk sip dispatch create "$one"', "done"],
  },
  {
    name: "create in another script",
    from: "file",
    lines: (f) => [`bash send.sh ${f}`],
    files: { "send.sh": 'lk sip dispatch create "$1"\n' },
  },
  { name: "create with xargs", from: "file", lines: (f) => [`echo ${f} | xargs lk sip dispatch create`] },
  { name: "curl of a file", from: "file", lines: (f) => [`${CURL} -d @${f}`] },
  { name: "create from a pipe", from: "pipe", lines: (p) => [`${p} | lk sip dispatch create -`] },
  { name: "curl from a pipe", from: "pipe", lines: (p) => [`${p} | ${CURL} -d @-`] },
  { name: "create of a substitution", from: "pipe", lines: (p) => [`lk sip dispatch create <(${p})`] },
  {
    name: "create of a here-string",
    from: "variable",
    lines: (v) => [`lk sip dispatch create - <<< "$${v}"`],
  },
  {
    name: "create of a heredoc",
    from: "variable",
    lines: (v) => ["lk sip dispatch create - <<END", `$${v}`, "END"],
  },
  { name: "curl of a variable", from: "variable", lines: (v) => [`${CURL} -d "$${v}"`] },
  {
    name: "create of an argument",
    from: "variable",
    lines: (v) => ['send() { echo "$1" | lk sip dispatch create -; }', `send "$${v}"`],
  },
  { name: "nothing", from: "file", lines: (f) => [`test -s ${f}`] },
  { name: "update", from: "file", looks: true, lines: (f) => [`lk sip dispatch update --id SDR_1 ${f}`] },
  {
    name: "update in a function",
    from: "file",
    looks: true,
    lines: (f) => ['send() { lk sip dispatch update --id "$1" "$2"; }', `send SDR_1 ${f}`],
  },
  {
    name: "update in a loop",
    from: "file",
    looks: true,
    lines: (f) => [`for one in ${f}; do`, '  lk sip dispatch update --id SDR_1 "$one"', "done"],
  },
  {
    name: "update in another script",
    from: "file",
    looks: true,
    lines: (f) => [`bash send.sh ${f}`],
    files: { "send.sh": 'lk sip dispatch update --id SDR_1 "$@"\n' },
  },
  {
    name: "update from a pipe",
    from: "pipe",
    looks: true,
    lines: (p) => [`${p} | lk sip dispatch update --id SDR_1 -`],
  },
  {
    name: "update of a here-string",
    from: "variable",
    looks: true,
    lines: (v) => [`lk sip dispatch update --id SDR_1 - <<< "$${v}"`],
  },
  {
    name: "both",
    from: "file",
    looks: true,
    lines: (f) => [`lk sip dispatch update --id SDR_1 ${f} || true`, `lk sip dispatch create ${f}`],
  },
];

/** What else reads the file in which the request is written. */
const READERS: readonly { name: string; line: (file: string) => string }[] = [
  { name: "echo of a key", line: (f) => `echo "name: $(jq -r .name ${f})"` },
  { name: "grep for a test", line: (f) => `if grep -q '^  "name"' ${f}; then echo named; fi` },
  { name: "key into a variable", line: (f) => `kinds=$(jq '.rule | length' ${f}); echo "$kinds kinds"` },
  { name: "test of a key", line: (f) => `[ "$(jq -r 'has("rule")' ${f})" = true ] && echo "has a rule"` },
];

/** Scripts, each of a request that is written somewhere, travels, and is sent or not. */
export const script: fc.Arbitrary<GeneratedScript> = dice.map(built);

function built(pick: Dice): GeneratedScript {
  const { files, lines, held, name } = written(pick);
  const steps = [name];
  let [now, isPlain] = [held, true];
  const reads = held.as === "file" ? pick([undefined, undefined, undefined, ...READERS]) : undefined;
  const reader = reads?.line(held.text);
  if (reads !== undefined) lines.push(reads.line(held.text));
  if (reads !== undefined) steps.push(reads.name);
  for (const at of pick([[], [1], [1], [1, 2], [1, 2, 3]])) {
    const looks = pick([true, undefined, undefined, undefined]);
    const travel = pick(TRAVEL.filter((one) => one.from === now.as && one.looks === looks));
    const to =
      travel.to === "variable" ? `BODY${at}` : pick([`"$work/step${at}.json"`, `build/step${at}.json`]);
    const line = travel.line(now.text, to);
    if (travel.to !== "pipe") lines.push(line);
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
    written: Object.keys(files)[0] ?? "run.sh",
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

/** Where the request is at a moment: a file's path, a command that prints it, or a variable. All as bash takes them. */
export interface Held {
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
  /** A function that the line calls. */
  before?: string;
  /** Other scripts that it runs. */
  files?: Record<string, string>;
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
export const TRAVEL: readonly Step[] = [
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
  {
    ...step("cat in a function", "file", "pipe", (f) => `show ${f}`),
    before: 'show() { cat "$1"; }',
  },
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
  {
    ...looking("function sets a key", "file", "pipe", (f) => `filled ${f}`),
    before: `filled() { jq '.name = "filled"' "$1"; }`,
  },
  {
    ...looking("another script sets a key", "file", "pipe", (f) => `bash fill.sh ${f}`),
    files: { "fill.sh": `jq '.name = "filled"' "$1"\n` },
  },
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
export const SEND: readonly (Omit<Step, "to" | "line"> & {
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
    name: "update in its folder",
    from: "file",
    looks: true,
    lines: (f) => [
      `cd "$(dirname ${f})"`,
      `lk sip dispatch update --id SDR_1 "$(basename ${f})"`,
      'cd "$OLDPWD"',
    ],
  },
  {
    name: "update with xargs",
    from: "file",
    looks: true,
    lines: (f) => [`echo ${f} | xargs lk sip dispatch update --id SDR_1`],
  },
  {
    name: "update by words in variables",
    from: "file",
    looks: true,
    lines: (f) => ['LK="lk sip dispatch" verb=update', `$LK $verb --id SDR_1 ${f}`],
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
export const READERS: readonly { name: string; line: (file: string) => string }[] = [
  { name: "echo of a key", line: (f) => `echo "name: $(jq -r .name ${f})"` },
  { name: "grep for a test", line: (f) => `if grep -q '^  "name"' ${f}; then echo named; fi` },
  { name: "key into a variable", line: (f) => `kinds=$(jq '.rule | length' ${f}); echo "$kinds kinds"` },
  { name: "test of a key", line: (f) => `[ "$(jq -r 'has("rule")' ${f})" = true ] && echo "has a rule"` },
];

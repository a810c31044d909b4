import { lkFlags } from "../rule/lk-command.ts";
import { nearest } from "../rule/suggestion.ts";
import { check } from "./check.ts";
import { codeWords } from "./words.ts";

/** livekit-cli v2.18.2 cmd/lk/sip.go. */
export const unknownLkFlag = check({
  id: "unknown-lk-flag",
  severity: "error",
  title: "A command of `lk` is given a flag that it doesn't have",
  why: "`lk` refuses the whole command, and nothing is created, updated or deleted.",
  ofLine: ({ notice }) => {
    if (notice.code !== "unknown-lk-flag") return undefined;
    const { command, flags } = notice;
    const written = codeWords(flags.map((flag) => (flag.length > 1 ? `--${flag}` : `-${flag}`)));
    const message = `\`${command}\` has no ${flags.length === 1 ? "flag" : "flags"} ${written}, so \`lk\` refuses the whole command`;
    const next = [...new Set(flags.map((flag) => instead(command, flag)))].join(" ");
    return { message, next };
  },
});

/** The way to say what a flag seems to mean. */
function instead(command: string, flag: string): string {
  const name = flag.toLowerCase().replaceAll("_", "-");
  if (/-sip-/.test(command)) {
    const [only] = lkFlags({ ...OLD, verb: /^lk (\w+)/.exec(command)?.[1] }) ?? [];
    return `It takes ${only === undefined ? "no flag" : `\`--${only}\``} of its own alone.`;
  }
  const [, verb = ""] = / (\w+)$/.exec(command) ?? [];
  if (verb === "delete") return `It takes the ids as arguments: \`${command} SDR_…\`.`;
  if (verb === "list") return "`--json` prints the whole list.";
  const found = MEANT.find(([pattern]) => pattern.test(name));
  if (found) return found[1].replaceAll("COMMAND", command).replaceAll("NAME", name);
  const known = lkFlags({ ...OLD, hidden: false, verb }) ?? [];
  const near = nearest(name, known);
  return near === undefined
    ? `\`${command} --help\` names those that it has; whatever else a rule has stands in its file.`
    : `Did you mean \`--${near}\`?`;
}

const OLD = { start: 0, dispatch: 0, end: 0, hidden: true };

/** What flags that people invent are meant for, and what does it; with `COMMAND`, and the flag's `NAME`. */
const MEANT: readonly [RegExp, string][] = [
  [
    /^(?:f|(?:from-|rule-|json-|config-)?file|request|input|data|body|json)$/,
    "The file is an argument: `COMMAND FILE`.",
  ],
  [/trunks?(?:-ids?)?$|^trunk/, "`--trunks ST_A,ST_B` binds the rule to trunks."],
  [
    /^(?:room-)?prefix$/,
    "`--caller PREFIX` makes a room for each call, and `--callee PREFIX` names it by the called number.",
  ],
  [/^room(?:-name)?$/, "`--direct ROOM` puts every caller into one room."],
  [
    /^(?:rule-)?(?:type|kind)$/,
    "`--direct ROOM`, `--caller PREFIX` or `--callee PREFIX` says the kind of the rule, too.",
  ],
  [/(?:^|-)id$/, "`lk sip dispatch update` alone takes an id, as `--id`; LiveKit makes that of a new rule."],
  [
    /^(?:pin|metadata|attributes|agents?(?:-names?)?|room-(?:config|preset)|(?:inbound-|called-)?numbers?|hide-phone-number|krisp(?:-enabled)?)$/,
    "`NAME` has no flag: write it into the file.",
  ],
];

/** Options of `lk sip dispatch create` that change what comes of a file; none are set where there are none. */
export interface Flags<Value> {
  /** The value of `--trunks`, or the index of the word in which it stands. */
  trunks?: Value;
  /** An option such as `--direct`, beside which `lk` ignores the fields of a flat file. */
  instead?: string;
}

/** A command for dispatch rules among words, and which of its words name what it is given. */
export interface LkCommand {
  /** `create`, `update`, `delete`, `list`, or what else stands there; undefined where it is not written as such. */
  verb: string | undefined;
  /** The index of the first word behind `dispatch`. */
  dispatch: number;
  /** The index of the first word behind the verb. */
  end: number;
  /** True if it is a command of old, such as `create-sip-dispatch-rule`, which takes its file as `--request`. */
  hidden: boolean;
  /** The index of its first word: `sip`, or the command of old. */
  start: number;
}

/**
 * The `lk sip dispatch …` in the words of a command, whatever program they begin with; undefined for none. Source:
 * livekit-cli v2.18.2 cmd/lk/sip.go.
 */
export function lkCommand(words: readonly string[]): LkCommand | undefined {
  const old = words.findIndex((word) => /^(create|update|list|delete)-sip-dispatch-rules?$/.test(word));
  if (old >= 0) {
    return { verb: words[old]?.split("-")[0], start: old, dispatch: old + 1, end: old + 1, hidden: true };
  }
  for (let sip = words.indexOf("sip"); sip >= 0; sip = words.indexOf("sip", sip + 1)) {
    const dispatch = nextWord(words, sip + 1);
    if (!/^dispatch(-rules?)?$/.test(words[dispatch] ?? "")) continue;
    const verb = nextWord(words, dispatch + 1);
    return { verb: words[verb], start: sip, dispatch: dispatch + 1, end: verb + 1, hidden: false };
  }
  return undefined;
}

/** The index of the next word that is no option of `lk`, from one on. */
function nextWord(words: readonly string[], from: number): number {
  let at = from;
  while ((words[at] ?? "").startsWith("-")) at += takesValue(words[at] ?? "", words[at + 1] ?? "") ? 2 : 1;
  return at;
}

/** The flags of `lk` and of its commands for rules. Source: livekit-cli v2.18.2 cmd/lk/utils.go and sip.go. */
const EVERYWHERE = namesIn(
  "url api-key api-secret dev project subdomain config curl verbose yes y quiet q silent server-url dashboard-url help h version v",
);
const OF_RULE = namesIn(
  "name trunks direct caller individual callee randomize media-enc no-default-codecs codecs",
);
const OF_VERB: Readonly<Record<string, readonly string[]>> = {
  create: OF_RULE,
  update: ["id", ...OF_RULE],
  list: ["json", "j"],
  delete: [],
};
const OF_OLD: Readonly<Record<string, readonly string[]>> = { create: ["request"], delete: ["id"], list: [] };

function namesIn(text: string): string[] {
  return text.split(" ");
}

/** The flags that a command knows, without their signs; undefined for one that is no command for rules. */
export function lkFlags({ verb = "", hidden }: LkCommand): readonly string[] | undefined {
  const known = hidden ? OF_OLD : OF_VERB;
  return Object.hasOwn(known, verb) ? [...(known[verb] ?? []), ...EVERYWHERE] : undefined;
}

/** Options of `lk sip dispatch` and of `lk` that take no value. */
const FLAGS =
  /^(-[yjvqh]|--(yes|json|verbose|quiet|silent|curl|dev|insecure|help|version|randomize|no-default-codecs|hide-phone-number|krisp-enabled))$/;
/** Options that name the file: one of the commands of old, the others invented and often met. */
const NAMES_FILE = /^--(request|from-file|file|rule-file|input|data)$|^-f$/;
const VALUES =
  /^(--(url|api-key|api-secret|project|subdomain|config|id|name|trunks?|direct|caller|individual|callee|pin|metadata|attributes|room|request|from-file|file|rule-file|input|data)|-f)$/;
/** Options beside which `lk` fills a rule of its own, and ignores the fields of a flat file. */
const INSTEAD = /^--(direct|individual|caller|callee)$/;

/**
 * Tells whether the next word is the value of an option. Of one that is not known it is, unless it looks like a file.
 */
export function takesValue(option: string, next: string): boolean {
  if (FLAGS.test(option) || option.includes("=")) return false;
  return VALUES.test(option) || !/^-|\.json|\/|^$/.test(next);
}

/** The indices of the words that name what the command is given, and what its options say of the rule. */
export function lkTargets(
  words: readonly string[],
  { end, hidden }: LkCommand,
): { targets: number[]; flags: Flags<number> } {
  const targets: number[] = [];
  const flags: Flags<number> = {};
  const take = (option: string, value: string, index: number): void => {
    if (NAMES_FILE.test(option)) targets.push(index);
    if (/^--trunks?$/.test(option) && value !== "") flags.trunks = index;
    if (INSTEAD.test(option)) flags.instead = option;
  };
  for (let index = end; index < words.length; index++) {
    const word = words[index] ?? "";
    const [, option, value] = /^(--[\w-]+)=([^]*)$/.exec(word) ?? [];
    if (option !== undefined && value !== undefined) take(option, value, index);
    else if (word !== "-" && word.startsWith("-")) {
      const next = words[index + 1];
      if (next === undefined || !takesValue(word, next)) continue;
      index++;
      take(word, next, index);
    } else if (!hidden) targets.push(index);
  }
  return { targets, flags };
}

/** Returns what a command does with a request that it is given: whether it creates a rule, updates one, or both. */
export function verbsOf(command: string): ("create" | "update")[] {
  const creates = CREATES.test(command) ? ["create" as const] : [];
  return UPDATES.test(command) ? [...creates, "update"] : creates;
}

const CREATES = /\bdispatch(?:-rules?)?\s+create\b|CreateSIPDispatchRule|create-sip-dispatch-rule/;
const UPDATES = /\bdispatch(?:-rules?)?\s+update\b|UpdateSIPDispatchRule/;

import type { Mention } from "../syntax.ts";
import { type Call, mentionsOf, type PathOf } from "./call.ts";
import { type Argument, textIn } from "./expand.ts";
import { joined, NOTHING, type Stream, textsOf } from "./stream.ts";

/** What a command sends to LiveKit, or gets from there. */
export interface Sent {
  mentions: Mention[];
  prints: Stream;
}

/**
 * What a command sends to LiveKit; undefined for one that does not talk to it. The program is told by its subcommand,
 * whatever it goes by: `lk`, `$LK`, `npx lk`, `docker run livekit/livekit-cli sip dispatch create`.
 */
export function sentIn(args: readonly Argument[], { at, input }: Call, pathOf: PathOf): Sent | undefined {
  const words = args.map(({ texts: [text = ""] }) => text);
  const command = subcommandIn(words);
  if (command) {
    const verbs = command.verb === undefined ? (args[command.end - 1]?.texts ?? []) : [command.verb];
    const does = deedsOf(verbs);
    if (does.length === 0) return verbs.includes("list") ? LISTED : undefined;
    const targets = targetsIn(args.slice(command.end), command.hidden, input, pathOf);
    return { mentions: does.flatMap((one) => mentionsOf(targets, { does: one, at })), prints: NOTHING };
  }
  const method = args.find(({ texts }) => texts.some((text) => METHOD.test(text)));
  if (!method || !SPEAKS_HTTP.test(words.join(" ").slice(0, 2000))) return undefined;
  const verbs = method.texts.flatMap((text) => METHOD.exec(text)?.slice(1).join("").toLowerCase() ?? []);
  const does = deedsOf(verbs);
  if (does.length === 0) return LISTED;
  const { body, wrapped } = bodyIn(args, input, pathOf);
  const mentions = [
    ...does.flatMap((one) => mentionsOf(body, { does: one, at })),
    ...mentionsOf(wrapped, { does: "update", at }),
  ];
  return { mentions, prints: NOTHING };
}

const LISTED: Sent = { mentions: [], prints: { ...NOTHING, bare: true } };

/** What commands of these names may do, which options may follow: one that is not known may do both. */
function deedsOf(texts: readonly string[]): ("create" | "update")[] {
  const verbs = texts.map((text) => text.trim().split(/\s/, 1)[0] ?? "");
  const isAny = verbs.some((verb) => verb.startsWith("${"));
  return (["create", "update"] as const).filter((deed) => isAny || verbs.includes(deed));
}

const METHOD = /(?:\b(Create|Update|List)|(\$\{\w+\}))SIPDispatchRule/;
/** An address, or a program that takes the name of a method. */
const SPEAKS_HTTP = /\/(twirp\/)?livekit\.SIP|:\/\/|\b(curl|wget|https?|xh|grpcurl|buf|twurl)\b/;

interface Subcommand {
  /** Undefined where the word before `end` is it. */
  verb?: string | undefined;
  /** The index of the first word behind `dispatch`, or behind the word that is all in one. */
  dispatch: number;
  /** The index of the first word behind it. */
  end: number;
  /** Whether it is `create-sip-dispatch-rule` of old, which takes its file as `--request`. */
  hidden: boolean;
}

/** The subcommand of `lk sip dispatch`, or one of old that stands for it, among the words of a command. */
export function subcommandIn(words: readonly string[]): Subcommand | undefined {
  const hidden = words.findIndex((word) => /^(create|update|list)-sip-dispatch-rules?$/.test(word));
  if (hidden >= 0)
    return { verb: words[hidden]?.split("-")[0], dispatch: hidden + 1, end: hidden + 1, hidden: true };
  for (let sip = words.indexOf("sip"); sip >= 0; sip = words.indexOf("sip", sip + 1)) {
    const dispatch = nextWord(words, sip + 1);
    if (!/^dispatch(-rules?)?$/.test(words[dispatch] ?? "")) continue;
    return { dispatch: dispatch + 1, end: nextWord(words, dispatch + 1) + 1, hidden: false };
  }
  return undefined;
}

/** The index of the next word that is no option of `lk`, from one on. */
function nextWord(words: readonly string[], from: number): number {
  let at = from;
  while ((words[at] ?? "").startsWith("-")) at += takesValue(words[at] ?? "", words[at + 1] ?? "") ? 2 : 1;
  return at;
}

/** Options of `lk sip dispatch` and of `lk` that take no value. */
const FLAGS =
  /^(-[yjvqh]|--(yes|json|verbose|quiet|curl|dev|insecure|help|randomize|hide-phone-number|krisp-enabled))$/;
/** Options that name the file: one of the hidden commands, the others invented and often met. */
const NAMES_FILE = /^--(request|from-file|file|rule-file|input|data)$|^-f$/;

/** Whether the next word is the value of an option. Of one that is not known it is, unless it looks like a file. */
export function takesValue(option: string, next: string): boolean {
  if (FLAGS.test(option) || option.includes("=")) return false;
  return VALUES.test(option) || !/^-|\.json|\/|^$/.test(next);
}
const VALUES =
  /^(--(url|api-key|api-secret|project|subdomain|config|id|name|trunks?|direct|caller|individual|callee|pin|metadata|attributes|room|request|from-file|file|rule-file|input|data)|-f)$/;

/** The requests that are sent: those of the files that are named, of literal JSON, and of the input. */
function targetsIn(args: readonly Argument[], hidden: boolean, input: Stream, pathOf: PathOf): Stream {
  const found: Stream[] = [];
  let isNamed = false;
  const take = ({ texts, holds }: Argument): void => {
    isNamed = true;
    const isInput = texts.some((text) => text === "-" || text === "/dev/stdin");
    if (isInput) found.push(input);
    // What holds a text may still be the front of a name: `"$f.json"`.
    else if (holds.origins.length > 0 && !texts.some((text) => /\}[\w.-]*\.\w+$/.test(text)))
      found.push(holds);
    else found.push(textsOf(texts.map(pathOf)));
  };
  for (let index = 0; index < args.length; index++) {
    const arg = args[index];
    const [text = ""] = arg?.texts ?? [];
    if (!arg) break;
    const [, option, value] = /^(--[\w-]+)=([^]*)$/.exec(text) ?? [];
    if (option !== undefined && value !== undefined) {
      if (NAMES_FILE.test(option)) take({ ...arg, texts: [value] });
    } else if (text !== "-" && text.startsWith("-")) {
      const next = args[index + 1];
      if (!next || !takesValue(text, next.texts[0] ?? "")) continue;
      if (NAMES_FILE.test(text)) take(next);
      index++;
    } else if (!hidden) take(arg);
  }
  return joined(isNamed ? found : [input]);
}

/**
 * What is sent with a URL: what the arguments hold, files behind `@` and in options that name one, and the input. What
 * is sent as the value of the wrapper stands apart: `dispatch_rule:=@rule.json`.
 */
function bodyIn(args: readonly Argument[], input: Stream, pathOf: PathOf): { body: Stream; wrapped: Stream } {
  const isWrapped = ({ texts: [text = ""] }: Argument): boolean => IN_WRAPPER.test(text);
  const bare = args.filter(isWrapped);
  const wrapped = [
    textsOf(
      bare.flatMap(({ texts }) => texts.flatMap((text) => FILE_BEHIND.exec(text)?.[1] ?? []).map(pathOf)),
    ),
    ...bare.map(({ holds }) => holds),
  ];
  return {
    body: sentAsItIs(
      args.filter((arg) => !isWrapped(arg)),
      input,
      pathOf,
    ),
    wrapped: joined(wrapped),
  };
}

function sentAsItIs(args: readonly Argument[], input: Stream, pathOf: PathOf): Stream {
  const files = args.flatMap(({ texts }, index) => {
    const isUpload = /^(-T|--upload-file)$/.test(args[index - 1]?.texts[0] ?? "");
    return texts.flatMap((text) => {
      const [, file] = FILE_BEHIND.exec(text) ?? [];
      return file ?? (isUpload ? text : []);
    });
  });
  const named = textsOf(files.filter((file) => file !== "-").map(pathOf));
  const texts = args.map((arg, index) =>
    DATA.test(args[index - 1]?.texts[0] ?? "") ? textIn(arg) : arg.holds,
  );
  return joined([input, named, ...texts]);
}

/** Options of curl and its like whose value is the body. */
const DATA = /^(-d|--data|--data-raw|--data-binary|--json|--raw)$/;
const IN_WRAPPER = /^dispatch_?[rR]ule:?=/;
const FILE_BEHIND =
  /^(?:@|-d@|--(?:data|data-binary|data-raw|json)=@|--(?:post-file|body-file|upload-file)=|[\w.-]+:?=@)(.+)$/;

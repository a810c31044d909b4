import { infoField } from "../rule/fields.ts";
import { nearest } from "../rule/suggestion.ts";
import type { SdkCall } from "../sources/syntax.ts";
import { check, type SaidOfCode } from "./check.ts";
import { codeWords } from "./words.ts";

/**
 * livekit-server-sdk 2.19.2, SipClient.ts: each method sends what it knows of its arguments, and nothing else. It is an
 * error where the rule is not made, or takes calls that it should not; a warning where what is lost may not matter.
 */
export const sdkIgnoresOption = check({
  id: "sdk-ignores-option",
  severity: "error",
  title: "LiveKit's SDK for Node ignores what it is given",
  why: "It sends no word of it and reports nothing: the rule takes every call, or no agent is sent.",
  ofCall: (call) => {
    const method = METHODS.get(call.method);
    const said = method ? ignoredBy(call, method) : [noMethod(call)];
    return call.isSure ? said : said.map((one) => ({ ...one, certainty: "likely" as const }));
  },
});

function ignoredBy(call: SdkCall, method: readonly (Known | undefined)[]): SaidOfCode[] {
  return call.given.flatMap(({ keys, isAll, start, end }, index): SaidOfCode[] => {
    const isKnown = method[index];
    if (!isKnown || !keys) return [];
    if (method === CREATE && index === 0 && isAll === true && !keys.some(({ name }) => name === "type"))
      return [{ at: { start, end }, ...WHOLE }];
    const unknown = keys.filter(({ name }) => !isKnown(name));
    const names = unknown.map(({ name }) => name);
    return unknown.slice(0, 1).map(({ at }) => ({ at, ...ignored(call, names, index) }));
  });
}

type Known = (key: string) => boolean;

const OPTIONS = "name metadata trunkIds hidePhoneNumber attributes roomPreset roomConfig".split(" ");
const isOption = among(OPTIONS);
const CREATE: readonly Known[] = [among("type roomName roomPrefix pin randomize".split(" ")), isOption];

/** The methods, each with what says which keys its arguments may have; undefined for one that is no object. */
const METHODS = new Map<string, readonly (Known | undefined)[]>([
  ["createSipDispatchRule", CREATE],
  ["updateSipDispatchRule", [undefined, (key: string) => !key.includes("_") && infoField(key) !== undefined]],
  [
    "updateSipDispatchRuleFields",
    [undefined, among("trunkIds rule name metadata attributes mediaEncryption media".split(" "))],
  ],
]);

function among(keys: readonly string[]): Known {
  return (key) => keys.includes(key);
}

const WHOLE = {
  message:
    "`createSipDispatchRule` takes the kind of the rule first, and this has no `type`: the request gets no rule, and livekit-server refuses it",
  next: 'Give it `{ type: "individual", roomPrefix: … }` first, and the rest as options in a second argument.',
} as const;

function noMethod({ method, at }: SdkCall): SaidOfCode {
  const called = method.replace("SIP", "Sip");
  return {
    at,
    message: `the \`SipClient\` of LiveKit's SDK for Node has no method \`${method}\`, so that this fails when it runs`,
    next: `It is called \`${called}\`.`,
  };
}

function ignored({ method }: SdkCall, names: readonly string[], index: number): Omit<SaidOfCode, "at"> {
  const [, inRule] = EFFECTS.find(([pattern]) => names.some((name) => pattern.test(name))) ?? [];
  const effect = method === "updateSipDispatchRuleFields" ? "nothing of it changes" : inRule;
  const where =
    method === "createSipDispatchRule" && index === 1
      ? "its options"
      : `its ${index === 0 ? "first" : "second"} argument`;
  const message = `\`${method}\` ignores ${codeWords(names)} in ${where}${effect === undefined ? "" : `, so that ${effect}`}`;
  return {
    message,
    ...(effect === undefined && { severity: "warning" as const }),
    next: [...new Set(names.map((name) => instead(name, index)))].join(" "),
  };
}

/** What comes of it that a key is ignored, the worst first. */
const EFFECTS: readonly [RegExp, string][] = [
  [/^(?:inbound_?|called_?)?numbers?$/i, "the rule takes every call on its trunks"],
  [/^trunk_?ids?$|^trunks?$/i, "the rule takes calls on any trunk"],
  [/^room_?(?:config|preset)$|^agents?(?:_?names?)?$/i, "no agent is sent"],
];

/** Names what does that for which a key was meant, in the argument with this index. */
function instead(name: string, index: number): string {
  if (/^(?:inbound_?|called_?)?numbers?$/i.test(name))
    return "No option sets numbers: replace the rule once it is there, `updateSipDispatchRule(id, new SIPDispatchRuleInfo({ …, numbers }))` (livekit-server-sdk 2.15.3 or newer).";
  const camel = name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  if (isOption(camel) && camel === name && index > 0)
    return "`updateSipDispatchRule(id, new SIPDispatchRuleInfo({ … }))` sets it, and replaces the whole rule.";
  if (isOption(camel))
    return index === 0 ? "Give it as an option, in the second argument." : `It is called \`${camel}\`.`;
  if (/^agents?(?:_?names?)?$/i.test(name))
    return "Agents stand in `roomConfig`: `new RoomConfiguration({ agents: [{ agentName: … }] })`.";
  const near = nearest(camel, OPTIONS);
  return near === undefined ? "Leave it out." : `Did you mean \`${near}\`?`;
}

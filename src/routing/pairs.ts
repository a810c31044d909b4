import { clone, equals } from "@bufbuild/protobuf";
import { type SIPDispatchRuleInfo, SIPDispatchRuleInfoSchema } from "../gen/livekit/livekit_sip_pb.ts";
import type { WrittenRule } from "./written-rules.ts";

/** A rule on two sides; one of them is missing for a rule that is new or gone. */
export interface Pair {
  before: WrittenRule | undefined;
  after: WrittenRule | undefined;
}

/** Pairs the rules of two sides: by id, then by name, then by their places, each as long as it is unambiguous. */
export function pairRules(before: readonly WrittenRule[], after: readonly WrittenRule[]): Pair[] {
  const pairs = new Map<WrittenRule, WrittenRule>();
  const taken = new Set<WrittenRule>();
  const keys: ((rule: WrittenRule) => string)[] = [
    (rule) => rule.info.sipDispatchRuleId,
    (rule) => rule.info.name,
    (rule) => `${fileOf(rule.path)}:${rule.line}`,
    (rule) => fileOf(rule.path),
    () => "the only one left",
  ];
  for (const key of keys) {
    const [ours, theirs] = [uniques(before, key, pairs), uniques(after, key, taken)];
    for (const [name, rule] of ours) {
      const other = theirs.get(name);
      if (!other || name === "" || contradict(rule, other)) continue;
      pairs.set(rule, other);
      taken.add(other);
    }
  }
  return [
    ...before.map((rule) => ({ before: rule, after: pairs.get(rule) })),
    ...after.filter((rule) => !taken.has(rule)).map((rule) => ({ before: undefined, after: rule })),
  ];
}

/** Whether the two rules mean the same to livekit-server, whatever form they are written in. */
export function sameMeaning({ before, after }: Pair): boolean {
  if (!before || !after) return false;
  return equals(
    SIPDispatchRuleInfoSchema,
    meaning(before.info, after.info),
    meaning(after.info, before.info),
  );
}

/** The rule without what the server fills in: the times, an empty `media`, and an id that only one side knows. */
export function meaning(info: SIPDispatchRuleInfo, other: SIPDispatchRuleInfo): SIPDispatchRuleInfo {
  const copy = clone(SIPDispatchRuleInfoSchema, info);
  delete copy.createdAt;
  delete copy.updatedAt;
  if (copy.media && Object.keys(copy.media).every((key) => key.startsWith("$") || isEmpty(copy.media, key)))
    delete copy.media;
  if (other.sipDispatchRuleId === "") copy.sipDispatchRuleId = "";
  return copy;
}

function isEmpty(message: object | undefined, key: string): boolean {
  const value = (message as Record<string, unknown> | undefined)?.[key];
  return value === undefined || value === false || (Array.isArray(value) && value.length === 0);
}

/** Two ids, both set, that are not the same: then they are two rules. */
function contradict(a: WrittenRule, b: WrittenRule): boolean {
  const [one, other] = [a.info.sipDispatchRuleId, b.info.sipDispatchRuleId];
  return one !== "" && other !== "" && one !== other;
}

/** The rules that are not paired yet, by a key that only one of them has. */
function uniques(
  rules: readonly WrittenRule[],
  key: (rule: WrittenRule) => string,
  paired: { has(rule: WrittenRule): boolean },
): Map<string, WrittenRule> {
  const found = new Map<string, WrittenRule | undefined>();
  for (const rule of rules) {
    if (paired.has(rule)) continue;
    const name = key(rule);
    found.set(name, found.has(name) ? undefined : rule);
  }
  return new Map([...found].flatMap(([name, rule]) => (rule ? [[name, rule]] : [])));
}

/** The last part of a path, or of a path in a revision. */
function fileOf(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf(":")) + 1);
}

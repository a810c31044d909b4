import { UPDATE_FIELDS } from "../../rule/fields.ts";

/** The names of what a text puts somewhere else, so that what they hold is no request as it stands. */
export interface GivenNames {
  /** Into a wrapper: `{ dispatchRule: rule }`. */
  wrapped: ReadonlySet<string>;
  /** Into an update: `{ sipDispatchRuleId: id, update: fields }`. */
  updating: ReadonlySet<string>;
  /** To the SDK's own method. */
  toSdk: ReadonlySet<string>;
}

const WRAPPED = /dispatch_?[rR]ule["']?\s{0,99}[:=]>?\s{0,99}(\w+)/g;
const UPDATING = new RegExp(
  String.raw`\b(?:${UPDATE_FIELDS.join("|")})["']?\s{0,99}[:=]>?\s{0,99}\$?(\w+)`,
  "gi",
);
const UPDATES = /update_?sip_?dispatch_?rule|sip_?dispatch_?rule_?id/i;
const TO_SDK = /createSipDispatchRule\(\s{0,99}(\w+)/g;

/** Takes linear time, so that a text is looked through once for all of its requests. */
export function givenNames(text: string): GivenNames {
  const names = (found: RegExp): Set<string> =>
    new Set(Array.from(text.matchAll(found), ([, name = ""]) => name));
  const updating = UPDATES.test(text) ? new Set([...UPDATE_FIELDS, ...names(UPDATING)]) : new Set<string>();
  return { wrapped: names(WRAPPED), updating, toSdk: names(TO_SDK) };
}

import type { SIPDispatchRuleInfo } from "../gen/livekit/livekit_sip_pb.ts";

/** A dispatch rule that somebody wrote down, in whatever form, with its place: line and column are 1-based. */
export interface WrittenRule {
  path: string;
  line: number;
  column: number;
  form: "flat" | "wrapped" | "info";
  /** The rule that livekit-server makes of it. */
  info: SIPDispatchRuleInfo;
  /** The rule that the flat form's documentation promised; the same for every other form. */
  documented: SIPDispatchRuleInfo;
}

/** A rule that can't be routed, and why. */
export interface UnusableRule {
  path: string;
  line: number;
  column: number;
  /** One sentence, without the place. */
  message: string;
  next: string;
}

export interface WrittenRules {
  rules: WrittenRule[];
  unusable: UnusableRule[];
  /** Whether it is a listing in which there is nothing: `{}`, or no items. */
  isEmptyListing: boolean;
}

import type { SIPDispatchRuleInfo } from "../gen/livekit/livekit_sip_pb.ts";
import type { Position } from "../sources/position.ts";
import type { Unusable } from "../sources/unreadable.ts";

/** A dispatch rule that somebody wrote down, in whatever form, with its place. */
export interface WrittenRule extends Position {
  path: string;
  form: "flat" | "wrapped" | "info";
  /** The rule that livekit-server makes of it. */
  info: SIPDispatchRuleInfo;
  /** The rule that the flat form's documentation promised; the same for every other form. */
  documented: SIPDispatchRuleInfo;
  /** The environment that the config says it is of. */
  environment?: string | undefined;
}

export interface WrittenRules {
  rules: WrittenRule[];
  /** Those that can't be routed. */
  unusable: Unusable[];
  /** True if it is a listing in which there is nothing: `{}`, or no items. */
  isEmptyListing: boolean;
}

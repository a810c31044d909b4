import type { SIPDispatchRuleInfo } from "../gen/livekit/livekit_sip_pb.ts";
import type { Rewrite, Site } from "../sources/syntax.ts";
import type { Document } from "../sources/document.ts";
import type { SiteResult } from "./outcome.ts";

/** The plan for one site: the result as it will be reported, and the rewrite for one that is migrated. */
export interface Plan {
  site: Site;
  result: SiteResult;
  rewrite?: Rewrite;
  /** The rule that the migrated request has to say; undefined where an expression hides it. */
  expected?: SIPDispatchRuleInfo;
}

/** The plans for the sites of each document. */
export type Plans = ReadonlyMap<Document, Plan[]>;

import type { SIPDispatchRuleInfo } from "../gen/livekit/livekit_sip_pb.ts";
import type { Rewrite, Site } from "../syntax/syntax.ts";
import type { Document } from "./document.ts";
import type { SiteResult } from "./outcome.ts";
import type { ProgramPlan } from "./programs.ts";

/** What would happen to one site: the result as it will be reported, and the rewrite for one that is migrated. */
export interface Plan {
  site: Site;
  result: SiteResult;
  rewrite?: Rewrite;
  /** The rule that the migrated request has to say; undefined where an expression hides it. */
  expected?: SIPDispatchRuleInfo;
}

/** Of each document: the plans for its sites, and for all of its programs. */
export type Plans = ReadonlyMap<Document, { sites: Plan[]; programs: ProgramPlan[] }>;

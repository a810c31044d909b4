import type { SIPDispatchRuleInfo } from "../gen/livekit/livekit_sip_pb.ts";
import type { Move, Rewrite, Site } from "../sources/syntax.ts";
import type { Document } from "../sources/document.ts";
import type { Finding } from "../checks/finding.ts";
import type { SiteResult } from "./outcome.ts";

/** The plan for one site: the result as it will be reported, and the rewrite for one that is migrated. */
export interface Plan {
  site: Site;
  result: SiteResult;
  rewrite?: Rewrite;
  /** The rule that the migrated request has to say; undefined where an expression hides it. */
  expected?: SIPDispatchRuleInfo;
  /** The repair of a rule that needs no migration; made where it is asked for. */
  repair?: Repair;
}

/** Fields of a rule that get other names. */
export interface Repair {
  /** Each stays in its object: `to` differs from where it stands in the last key alone. */
  moves: readonly Move[];
  /** The rule afterwards. */
  expected: SIPDispatchRuleInfo;
  /** The finding that it repairs. */
  finding: Finding;
}

/** The plans for the sites of each document. */
export type Plans = ReadonlyMap<Document, Plan[]>;

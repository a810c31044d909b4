import type { SiteResult } from "../migrate/outcome.ts";
import type { Routing } from "../rule/routing.ts";

/** Whether a rule takes the calls that it took before, however its numbers are read. */
export function sameRouting({ routing }: SiteResult): boolean {
  return (
    routing !== null && isSame(routing.documented, routing.server) && isSame(routing.server, routing.after)
  );
}

/** Whether two rules take the same calls, and do the same with them. */
export function isSame(one: Routing, other: Routing): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

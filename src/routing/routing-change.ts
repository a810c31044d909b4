import type { Routing } from "./rule-routing.ts";

/** The change for calls of one rule: before the migration, under both readings of its numbers, and after it. */
export interface RoutingChange {
  /** As the documentation of the flat form promised: `inbound_numbers` are called numbers. */
  documented: Routing;
  /** As livekit-server routes it: `inbound_numbers` are calling numbers. */
  server: Routing;
  after: Routing;
}

import { counted, themOf } from "../rule/count-words.ts";
import { listInWords } from "../rule/list-words.ts";
import { NEWEST, type Server, supports } from "../rule/server.ts";
import type { Route } from "./route.ts";
import type { Trunk } from "./trunks.ts";
import type { WrittenRule } from "./written-rules.ts";

/** The rules that took part in the routing, and those that didn't. `server` is the one that was named. */
export interface RoutedRules {
  rules: readonly WrittenRule[];
  /** The trunks that were found in the repository; nobody named them. */
  trunks: readonly Trunk[] | undefined;
  server: Server | undefined;
  /** How many rules and files can't be used. */
  unusable: number;
  /** How many rules were not checked for conflicts. */
  unchecked: number;
}

/** Returns what somebody should know who reads how these rules route, a sentence or two each. */
export function notesOnRules({ rules, trunks = [], server, unusable, unchecked }: RoutedRules): string[] {
  const notes: string[] = [];
  const files = [...new Set(trunks.flatMap(({ path }) => path ?? []))];
  if (files.length > 0) {
    notes.push(
      `The known trunks are those of ${listInWords(files)}, found in the repository, which may be old; --known-trunks names others.`,
    );
  }
  if (!server) {
    notes.push(
      `This is how the newest livekit-server, ${NEWEST.version.join(".")}, routes; --server names another version, or cloud.`,
    );
  }
  if (server?.cloud) {
    notes.push(
      "LiveKit Cloud's matching is not public. This is how the newest livekit-server routes; make a test call.",
    );
  }
  const flat = rules.filter(({ form, info }) => form === "flat" && info.inboundNumbers.length > 0).length;
  if (flat > 0) {
    notes.push(
      `The inbound_numbers of flat requests (here ${counted(flat, "rule")}) are compared with the calling number, as livekit-server does, not with the called number, as was documented.`,
    );
  }
  const ignored = rules.filter(({ info }) => info.numbers.length > 0).length;
  if (server && !supports(server, "numbers") && ignored > 0) {
    notes.push(
      `livekit-server ignores numbers before 1.9.11, so ${counted(ignored, "rule")} took part without that filter.`,
    );
  }
  if (unusable > 0) {
    notes.push(
      `${counted(unusable, "rule or file", "rules or files")} could not be used (see standard error); with ${themOf(unusable)}, calls may go elsewhere.`,
    );
  }
  if (unchecked > 0) {
    notes.push(
      `${unchecked} of ${rules.length} rules were not checked for conflicts, because that would take too long. In a conflict the server refuses calls that are routed here.`,
    );
  }
  return notes;
}

/** Returns what somebody should know about how one call was routed. */
export function notesOnRoute(route: Route, rules: readonly WrittenRule[]): string[] {
  const notes: string[] = [];
  if (!route.call.trunk && !route.trunkMatch && rules.some(({ info }) => info.trunkIds.length > 0)) {
    notes.push(
      "No trunk is named and none are known (--trunk, --known-trunks), so the call counts as one that matched no trunk.",
    );
  }
  if (route.neverAsked) {
    notes.push("Nobody asks this caller for a PIN: route the call without one to see who takes it.");
  }
  return notes;
}

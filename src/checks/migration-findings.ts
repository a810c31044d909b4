import type { Creation } from "../evidence/evidence.ts";
import { isAnnotation } from "../rule/annotations.ts";
import { codeInWords, isAny, type NumberList, type Routing } from "../routing/rule-routing.ts";
import type { Newer } from "../rule/newer-fields.ts";
import { ownAmong } from "../routing/known-trunks.ts";
import type { Trunk } from "../routing/trunks.ts";
import { hasNumbers, hasWrapper, type Server } from "../rule/server.ts";
import type { NumberFilter } from "../rule/wrap.ts";
import type { Position } from "../sources/position.ts";
import type { Refused, Site } from "../sources/syntax.ts";
import type { Command } from "./command-line.ts";
import type { Document } from "../sources/document.ts";
import type { ChosenFilter } from "./chosen-filter.ts";
import type { Finding } from "./finding.ts";
import type { RoutingChange } from "../routing/routing-change.ts";

/** What to say about a migration that moves numbers: the change for calls, and what rests on an assumption. */
export function numbersMoved(
  { server }: RoutingChange,
  filter: NumberFilter,
  { because, unknown, trunks = [] }: Pick<ChosenFilter, "because" | "unknown" | "trunks">,
  place: Position,
): Finding[] {
  if (isAny(server.callingNumbers)) return [];
  const numbers = numbersInWords(server.callingNumbers);
  if (filter === "inbound_numbers") {
    const message = `routing stays as livekit-server does it today: the rule takes calls from ${numbers}, although the documentation of the flat form promised calls to them; for the sake of its numbers a live rule needs no change`;
    const told = `callers: ${listed(trunks)} ${trunks.length === 1 ? "allows" : "allow"} them`;
    return [
      { id: "kept-as-callers", severity: "note", ...place, message },
      ...(because === "known-trunks"
        ? [{ id: "told-by-trunks", severity: "note" as const, ...place, message: told }]
        : []),
    ];
  }
  const change = `this changes routing: livekit-server takes calls from ${numbers} today, and will take calls to ${numbers}`;
  const warning = { id: "routing-change", severity: "warning" as const, ...place };
  if (because === "known-trunks") {
    const message = `own numbers: ${listed(trunks)} ${trunks.length === 1 ? "has" : "have"} them`;
    return [
      { ...warning, message: change },
      { id: "told-by-trunks", severity: "note", ...place, message },
    ];
  }
  const next =
    "Own numbers or callers? Not known. If they are your own, go on. If they are callers, `--inbound-numbers-as inbound_numbers` keeps today's routing. `--known-trunks FILE` decides it by your trunks.";
  const routing = { ...warning, message: change, next };
  if (because !== "unknown-to-trunks") return [routing];
  const which = unknown ? numbersInWords([...unknown]) : "its numbers";
  const message = `the known trunks do not know ${which}, so that this rule's numbers are called numbers is assumed`;
  return [routing, { id: "told-by-trunks", severity: "warning", ...place, message }];
}

function listed(trunks: readonly string[]): string {
  return `the known ${trunks.length === 1 ? "trunk" : "trunks"} ${numbersInWords([...trunks])}`;
}

/** What to say of a rule whose filter on callers holds numbers of its own trunks: nobody calls from them. */
export function ownNumbersAsCallers(
  { callingNumbers, trunkIds }: Routing,
  trunks: readonly Trunk[] | undefined,
  place: Position,
): Finding[] {
  const written = (list: NumberList): string[] =>
    Array.isArray(list) ? list.filter((item) => typeof item === "string") : [];
  const own = ownAmong(written(callingNumbers), written(trunkIds), trunks ?? []);
  if (own.length === 0) return [];
  const message = `\`inbound_numbers\` are callers, and ${numbersInWords(own)} ${own.length === 1 ? "is a number" : "are numbers"} of the rule's own trunks: no call to ${own.length === 1 ? "it" : "them"} comes here`;
  const next = "Move own numbers to `numbers` (livekit-server 1.9.11 or newer), if calls to them are meant.";
  return [{ id: "own-number-as-caller", severity: "warning", ...place, message, next }];
}

/**
 * What to say of numbers that the known trunks spell in another way: trunks compare normalised, and rules exactly.
 * Source: protocol sip/sip.go, MatchTrunkDetailed and EvaluateDispatchRule.
 */
export function spelledOtherwise(otherwise: readonly string[] = [], place: Position): Finding[] {
  if (otherwise.length === 0) return [];
  const message = `the known trunks spell ${numbersInWords([...otherwise])} in another way, and livekit-server compares the numbers of a rule exactly`;
  const next =
    "Write numbers as they come in the calls, most often as the trunks have them; `sip-dispatch route` shows whether a rule takes a call.";
  return [{ id: "spelled-otherwise", severity: "warning", ...place, message, next }];
}

/** Why the result can't be used on this server; undefined where it can, or where the server is not known. */
export function tooOld(
  server: Server | undefined,
  usesNumbers: boolean,
): { message: string; next: string } | undefined {
  if (!server || server.cloud) return undefined;
  const version = server.version.join(".");
  if (!hasWrapper(server)) {
    return {
      message: `livekit-server ${version} does not know \`dispatch_rule\` and would answer \`missing rule\``,
      next: `Upgrade livekit-server to ${usesNumbers ? "1.9.11" : "1.9.0"} or newer first, or keep the flat form.`,
    };
  }
  if (hasNumbers(server) || !usesNumbers) return undefined;
  return {
    message: `livekit-server ${version} does not know \`numbers\`: it would drop the filter, and the rule would take every call on its trunks`,
    next: "Upgrade livekit-server to 1.9.11 or newer first, or keep today's routing with `--inbound-numbers-as inbound_numbers`.",
  };
}

/** What has to be in place before a migrated request is used. */
export function versionsNeeded(after: Routing, server: Server | undefined, place: Position): Finding[] {
  if (isAny(after.calledNumbers)) return [];
  if (server?.cloud) {
    const message =
      "LiveKit Cloud's matching is closed source, so what it does with `numbers` is what its documentation says, not what was read in code";
    return [
      {
        id: "cloud-unverified",
        severity: "note",
        ...place,
        message,
        next: "Make a test call before you rely on it.",
      },
    ];
  }
  const message = server
    ? "`numbers` needs at least lk 2.13.2 and Python livekit-protocol 1.1.2"
    : "`numbers` needs at least livekit-server 1.9.11, lk 2.13.2 and Python livekit-protocol 1.1.2; an older livekit-server drops the filter";
  return [{ id: "needs-versions", severity: "note", ...place, message }];
}

/** What of a request is newer than some of LiveKit's own programs, which drop or refuse it. */
export function newerFields(document: Document, newer: readonly Newer[]): Finding[] {
  return newer.map(({ name, at, protocol, server }) => {
    const dropping = server
      ? `livekit-server drops it before ${server}`
      : "livekit-server drops it up to 1.13.11";
    const message = `\`${name}\` came with LiveKit's protocol ${protocol}: ${dropping}, and lk 2.18.2 refuses the file`;
    return { id: "newer-field", severity: "note", ...document.place(at.start), message };
  });
}

/** What to say about a rule that had no trunk and is bound to some. */
export function trunksBound(bound: readonly string[] | undefined, place: Position): Finding[] {
  if (!bound) return [];
  const message = `this changes routing: the rule takes calls over any trunk today, and will take those over ${bound.join(", ")} alone`;
  return [{ id: "trunks-bound", severity: "warning", ...place, message }];
}

/** How to bring a rule that exists already to its new form without losing its id; nothing where it stays the same. */
export function liveRule(command: Command, { server, after }: RoutingChange, place: Position): Finding[] {
  if (JSON.stringify(server) === JSON.stringify(after)) return [];
  const message =
    "a rule that already exists is best replaced in place, which keeps its id (lk 2.14.0 or newer); delete one only when both the old and the new rule exist";
  const next = `${command.given}\`${command.line} | lk sip dispatch update --id SDR_… -\`.`;
  return [{ id: "live-rule", severity: "note", ...place, message, next }];
}

const REFUSED: Record<Refused["what"], [string, string]> = {
  comment: ["a comment", "comments"],
  "trailing-comma": ["a trailing comma", "trailing commas"],
  "byte-order-mark": ["a byte order mark", "byte order marks"],
  placeholder: ["an unquoted placeholder", "unquoted placeholders"],
};

/**
 * What `lk` would refuse in the file although its request is right: it reads strict JSON, every key known. Nothing of
 * annotations where every line that creates from it takes them out before.
 */
export function lkRefusals(
  document: Document,
  site: Site,
  command: Command,
  creates: readonly Creation[],
): Finding[] {
  const found = Object.entries(REFUSED).flatMap(([what, [one, many]]): [number, string][] => {
    const places = document.reading.refused.filter(
      (refused) =>
        refused.what === what &&
        !(what === "placeholder" && document.isFilled(document.text.slice(refused.start, refused.end))),
    );
    const first = places[0];
    return first ? [[first.start, places.length === 1 && what !== "trailing-comma" ? one : many]] : [];
  });
  const isStripped = creates.length > 0 && creates.every((one) => one.isStripped);
  const annotations = isStripped ? [] : site.request.members.filter(({ key }) => isAnnotation(key));
  const first = annotations[0];
  if (first) found.push([first.at.start, annotations.map((member) => `\`${member.key}\``).join(", ")]);
  if (found.length === 0) return [];
  const at = Math.min(...found.map(([offset]) => offset));
  const placeholder = document.reading.refused.some((refused) => refused.what === "placeholder");
  return [
    {
      id: "lk-refuses",
      severity: "warning",
      ...document.place(at),
      message: `\`lk\` still refuses ${found.map(([, words]) => words).join(" and ")} in the file`,
      next: placeholder
        ? "Fill in the placeholders before you give it to `lk`."
        : `${command.given}\`${command.line} | lk sip dispatch create -\` gives it strict JSON (lk 2.14.0 or newer).`,
    },
  ];
}

/** A list of numbers as a sentence needs it, cut where it gets long. */
function numbersInWords(numbers: NumberList): string {
  if (!Array.isArray(numbers)) return codeInWords(numbers);
  const words = numbers.map((number) => (typeof number === "string" ? number : codeInWords(number)));
  return words.length > 4 ? `${words.slice(0, 3).join(", ")} and ${words.length - 3} more` : words.join(", ");
}

/** What to say of a file that was written and lost rights: `lost` is a clause. */
export function narrowedRights(lost: string, { line, column }: Position): Finding {
  const next = "Give the file the rights that it should have, with `chmod` or `setfacl`.";
  const message = `the file was written, and ${lost}`;
  return { id: "narrowed-rights", severity: "warning", line, column, message, next };
}

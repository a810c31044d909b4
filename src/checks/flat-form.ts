import type { Finding } from "./finding.ts";
import { check, type Said } from "./check.ts";

export const flatForm = check({
  id: "flat-form",
  severity: "warning",
  title: "A request in the deprecated flat form",
  why: "`lk sip dispatch create` refuses it with `missing rule` since v2.4.11, and LiveKit has deprecated its fields.",
  next: "`sip-dispatch migrate` shows what moving it into `dispatch_rule` does to calls.",
  say: ({ moves, barring, doubt }: Flat): Said => {
    const isRouted = moves.some(({ from, to }) => from === "inbound_numbers" && to.endsWith(".numbers"));
    const calls = isRouted
      ? `; its \`inbound_numbers\` become \`numbers\`, so that it takes calls to them, no longer from them${doubt ? `; ${doubt.message}` : ""}`
      : "";
    const [bar] = barring;
    const next = bar && `A person has to move its fields into \`dispatch_rule\` (${bar.id}): ${bar.message}.`;
    return {
      message: `this request is in the flat form, which LiveKit has deprecated and \`lk\` refuses${calls}`,
      next,
    };
  },
});

/** What becomes of a flat request. */
interface Flat {
  /** Paths of fields, before and after. */
  moves: readonly { from: string; to: string }[];
  /** Why a person has to migrate it; empty where none has to. */
  barring: readonly Finding[];
  /** What the known trunks say against the filter that its numbers get. */
  doubt?: Finding | undefined;
}

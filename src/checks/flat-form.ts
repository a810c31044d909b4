import type { Finding } from "./finding.ts";
import { check, type Said } from "./check.ts";

export const flatForm = check({
  id: "flat-form",
  severity: "warning",
  title: "A request in the deprecated flat form",
  why: "`lk sip dispatch create` refuses it with `missing rule` since v2.4.11, and LiveKit has deprecated its fields.",
  next: "`sip-dispatch migrate` shows what moving it into `dispatch_rule` does to calls.",
  say: ({ moves, barring }: { moves: readonly Move[]; barring: readonly Finding[] }): Said => {
    const isRouted = moves.some(({ from, to }) => from === "inbound_numbers" && to.endsWith(".numbers"));
    const calls = isRouted
      ? "; its `inbound_numbers` become `numbers`, so that it takes calls to them, no longer from them"
      : "";
    const [bar] = barring;
    const next = bar && `A person has to move its fields into \`dispatch_rule\` (${bar.id}): ${bar.message}.`;
    return {
      message: `this request is in the flat form, which LiveKit has deprecated and \`lk\` refuses${calls}`,
      next,
    };
  },
});

/** Paths of a field, before and after. */
interface Move {
  from: string;
  to: string;
}

import { barrierCheck } from "./check.ts";
import type { Overtaking } from "./annotation-order.ts";

export const placeholderOrder = barrierCheck({
  id: "placeholder-order",
  title: "An annotation would move before a field, and both hold placeholders",
  why: "What is put in for them comes in their order, so that each would get the other's value.",
  say: ({ annotation, field }: Overtaking) => ({
    message: `\`${annotation.key}\` would move before \`${field.key}\`, and both hold placeholders whose order counts`,
    next: `Put \`${annotation.key}\` before the first field, with what is put into it, or leave it out; then run this again.`,
  }),
});

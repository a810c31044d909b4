import type { GrowingCall } from "./call.ts";
import { groupBy } from "../rule/group-by.ts";
import { DISPATCH_ERROR } from "./messages.ts";
import { type LogRecord, textOf } from "./record.ts";
import type { Interner } from "./interner.ts";

/** livekit-sip logs why it has no rule for a call just before it refuses it, without saying which call that is. */
const MOST_MS = 2000;

/**
 * The lines `SIP handle dispatch rule error`, which name neither call nor numbers: each belongs to the call that the same
 * livekit-sip refuses next.
 */
export class DispatchErrors {
  readonly #errors: { at: number; node: string; error: string }[] = [];

  add({ at, fields }: LogRecord): void {
    if (at === undefined) return;
    this.#errors.push({ at, node: textOf(fields, "nodeID"), error: textOf(fields, "error") });
  }

  /** Gives each call that was refused the error that was logged last before it. */
  shareOut(calls: readonly GrowingCall[], interner: Interner): void {
    const refused = calls.flatMap((call) =>
      call.refusedAt === undefined ? [] : [{ call, at: call.refusedAt, node: call.node }],
    );
    const byNode = groupBy(refused, ({ node }) => node);
    for (const [node, errors] of groupBy(this.#errors, (one) => one.node)) {
      const left = errors.toSorted((a, b) => b.at - a.at);
      const logged: typeof errors = [];
      for (const { call, at } of byNode.get(node)?.toSorted((a, b) => a.at - b.at) ?? []) {
        while ((left.at(-1)?.at ?? Infinity) <= at) logged.push(...left.splice(-1));
        const error = logged.pop();
        if (!error || error.at < at - MOST_MS) continue;
        call.error = interner.text(error.error);
        call.messages = interner.with(call.messages, DISPATCH_ERROR);
      }
    }
  }
}

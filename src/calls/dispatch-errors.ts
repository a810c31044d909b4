import type { GrowingCall } from "./call.ts";
import { textOf, type LogRecord } from "./record.ts";
import { isSilence } from "./signs.ts";

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
  shareOut(calls: readonly GrowingCall[]): void {
    if (this.#errors.length === 0) return;
    const errors = this.#errors.toSorted((a, b) => b.at - a.at);
    const taken = new Set<(typeof errors)[number]>();
    const refused = calls.filter(({ refusedAt }) => refusedAt !== undefined);
    for (const call of refused.toSorted((a, b) => (a.refusedAt ?? 0) - (b.refusedAt ?? 0))) {
      const end = call.refusedAt ?? 0;
      const error = errors.find(
        (one) => one.node === call.node && one.at <= end && one.at >= end - MOST_MS && !taken.has(one),
      );
      if (!error) continue;
      taken.add(error);
      call.error = error.error;
      // Up to 1.3.0 a call that the server can't decide is logged as one that no rule takes.
      call.signs.delete("rejected");
      call.signs.add(isSilence(error.error) ? "server-silent" : "dispatch-failed");
    }
  }
}

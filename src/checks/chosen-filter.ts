import type { Respelled } from "../routing/known-trunks.ts";
import type { Trunk } from "../routing/trunks.ts";
import type { NumberFilter } from "../rule/wrap.ts";

/** Which filter a flat rule's `inbound_numbers` become, and what that rests on. */
export interface ChosenFilter {
  filter: NumberFilter;
  because: FilterReason;
  unknown?: readonly string[];
  otherwise?: readonly Respelled[];
  /** The known trunks that decided it, or all that don't. */
  trunks?: readonly Trunk[];
  /** What trunks say of which only the requests that create them are known; it decides nothing. */
  likely?: { filter: NumberFilter; trunks: readonly Trunk[] };
}

/**
 * `unknown-to-trunks`: the known trunks do not know all of them; `unknown` says which; `otherwise` are spelled in
 * another way there.
 */
type FilterReason = "no-numbers" | "option" | "known-trunks" | "default" | "unknown-to-trunks";

import type { Pin } from "../rule/protocol-library.ts";
import type { Server } from "../rule/server.ts";
import type { KnownTrunks } from "../routing/trunks.ts";
import type { NumberFilter } from "../rule/wrap.ts";

/** The options of a migration. */
export interface MigrateOptions extends KnownTrunks {
  /** The key of the wrapper; `dispatch_rule` if unset. */
  wrapperKey?: string;
  /** Which filter flat `inbound_numbers` become; unset: what the known trunks say, or else `numbers`. */
  inboundNumbersAs?: NumberFilter;
  /** The server for which to migrate; unset: the versions that the result needs are named instead. */
  server?: Server;
  /** Which versions of LiveKit's Python library may be installed where the code runs; unset: not known. */
  protocolPins?: readonly Pin[];
  /** How to treat flat requests that no script uses: as ones that create a rule (if unset), or as none. */
  assume?: "create" | "none";
  /** True if requests are migrated that stand deep in a document, where something else may read them. */
  nested?: boolean;
  /** Trunks to bind those rules to that have none. */
  trunkIds?: readonly string[];
  /** True if requests in code are migrated, too, of which other code may depend on the flat form. */
  unsafe?: boolean;
}

import type { Deciding } from "./deciding.ts";
import { findFollowing, type Following } from "./followers.ts";
import type { Held } from "./read.ts";
import { findRefused } from "./refused.ts";
import { findUnnamed } from "./unnamed.ts";

/** All that is decided about files that belong together: what follows what, what would, and what may not be written. */
export async function findTogether(
  sources: readonly Held[],
  without: readonly string[],
  deciding: Deciding,
): Promise<Following & Pick<Deciding, "unnamed" | "refused">> {
  const found = await findFollowing(sources, without, deciding);
  return {
    ...found,
    unnamed: await findUnnamed(sources, without, deciding),
    refused: await findRefused(sources, found, deciding),
  };
}

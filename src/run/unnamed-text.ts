import { sizeInWords } from "../files/error-words.ts";
import { looksLikeJson, looksLikeYaml } from "../sources/recognise.ts";
import { languageWithId } from "../sources/languages.ts";
import { readDocument } from "../sources/document.ts";
import { migrateDocument, migrateText } from "../plan/migrate.ts";
import type { MigrateOptions } from "../config/options.ts";
import type { SourceResult } from "../plan/outcome.ts";
import { unreadableResult } from "../plan/results.ts";

/**
 * Migrates a text of which nobody said in what language it is. JSON is tried first, then YAML where it looks like that,
 * so that JSON costs no more than if it had been named. The path of what it gives is `-`.
 */
export async function migrateUnnamed(text: string, options: MigrateOptions): Promise<SourceResult> {
  const result = await migrateText("-", text, options);
  if (result.sites.every(({ reason }) => reason !== "not-json") || looksLikeJson(text)) return result;
  if (!looksLikeYaml(text)) {
    const next = "Name its language with `--stdin-filename`: `--stdin-filename rule.sh`.";
    return saying(result, { message: "this is neither JSON nor YAML", next });
  }
  const { limit } = languageWithId("yaml");
  if (Buffer.byteLength(text) > limit) {
    const message = `is over ${sizeInWords(limit)}, the limit for YAML`;
    return unreadableResult({
      path: "-",
      reason: "too-large",
      message,
      next: "Split it into smaller files.",
    });
  }
  const asYaml = migrateDocument("-", await readDocument("-.yaml", text), options);
  if (asYaml.sites.every(({ reason }) => reason !== "not-yaml")) return asYaml;
  const next = "Fix it, or name its language with `--stdin-filename`, then run this again.";
  return saying(asYaml, { next });
}

/** The result with other words about why it can't be read. */
function saying(result: SourceResult, words: { message?: string; next: string }): SourceResult {
  const sites = result.sites.map((site) => ({
    ...site,
    findings: site.findings.map((finding) => ({ ...finding, ...words })),
  }));
  return { ...result, sites };
}

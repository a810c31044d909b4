import { changedFiles, type NotTold } from "../files/git/changed.ts";
import type { Checked, CheckedFile } from "./check.ts";

/**
 * Of a check what is about files that git says changed: since HEAD, or since what the work tree has in common with
 * `since`. A finding about rules of several files is about each of them. Why git can't say is given in its place.
 */
export async function onlyChanges(checked: Checked, since?: string): Promise<Checked | NotTold> {
  const { files, results, replacements, account: _, ...rest } = checked;
  const changed = changedFiles(
    results.map(({ path }) => path),
    since,
  );
  if ("problem" in changed) return changed;
  const isChanged = ({ path }: { path: string }): boolean => changed.has(path);
  const left = files.flatMap((file): CheckedFile[] => {
    if (isChanged(file)) return [file];
    const findings = file.findings.filter(({ also = [] }) => also.some(isChanged));
    return findings.length > 0 ? [{ ...file, findings, isUnread: false }] : [];
  });
  const ofChanges = results.filter(isChanged);
  return {
    ...rest,
    files: left,
    results: ofChanges,
    sources: ofChanges.length,
    rules: ofChanges.reduce((sum, { rules = [] }) => sum + rules.length, 0),
    replacements: { ...replacements, rules: replacements.rules.filter(isChanged) },
    isOfChanges: true,
  };
}

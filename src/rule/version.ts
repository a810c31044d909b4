/** A version by its numbers, the most significant first; those that are not there count as 0. */
export type Version = readonly number[];

/** Less than 0 where `a` is older, 0 where they are the same, more where it is newer. */
export function compareVersions(a: Version, b: Version): number {
  for (let part = 0; part < Math.max(a.length, b.length); part++) {
    const difference = (a[part] ?? 0) - (b[part] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

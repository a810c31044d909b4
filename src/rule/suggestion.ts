import leven from "leven";

/** The candidate that is spelled most nearly like the word; undefined where none comes close. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const scored = candidates
    .map((candidate) => ({ candidate, distance: distance(word, candidate) }))
    .toSorted((a, b) => a.distance - b.distance);
  const best = scored[0];
  return best && best.distance <= (word.length < 4 ? 1 : Math.max(2, Math.floor(word.length / 3)))
    ? best.candidate
    : undefined;
}

function distance(word: string, candidate: string): number {
  // A word that begins another, `trunks` and `trunk_ids`, is nearer than its letters count.
  const stem = word.replace(/s$/, "");
  if (stem.length >= 4 && candidate.startsWith(stem)) return 1;
  return leven(word.toLowerCase(), candidate.toLowerCase());
}

import { git } from "./run.ts";

/** The bytes of a blob, or why there are none: it is over the limit, or git can't give it, as in a partial clone. */
export type Content = Buffer | "too-large" | "missing";

/** How many bytes git is asked for at once, if it is not one blob that has more. */
const MOST_TOGETHER = 32 * 1024 * 1024;

/** Things that have the ids of blobs, in their order, each with what its blob holds. */
export function* contentsOf<T extends { id: string }>(
  top: string,
  blobs: readonly T[],
  limit: number,
): Generator<[T, Content]> {
  const sizes = sizesOf(top, blobs);
  let together: T[] = [];
  let room = MOST_TOGETHER;
  for (const blob of blobs) {
    const size = Math.min(sizes.get(blob.id) ?? 0, limit);
    if (size > room && together.length > 0) {
      yield* readTogether(top, together, sizes, limit);
      [together, room] = [[], MOST_TOGETHER];
    }
    together.push(blob);
    room -= size;
  }
  yield* readTogether(top, together, sizes, limit);
}

/** The sizes of those that git has. */
function sizesOf(top: string, blobs: readonly { id: string }[]): Map<string, number> {
  const format = "--batch-check=%(objectname) %(objecttype) %(objectsize)";
  const { output } = git(top, ["cat-file", format], { input: linesOf(blobs) });
  const found = [...output.toString().matchAll(/^(\w+) blob (\d+)$/gm)];
  return new Map(found.map(([, id = "", size]) => [id, Number(size)]));
}

/** git answers an id with `id type size`, a line break, the bytes and another one. */
function* readTogether<T extends { id: string }>(
  top: string,
  blobs: readonly T[],
  sizes: ReadonlyMap<string, number>,
  limit: number,
): Generator<[T, Content]> {
  const wanted = blobs.filter(({ id }) => (sizes.get(id) ?? Number.POSITIVE_INFINITY) <= limit);
  const { status, output } = git(top, ["cat-file", "--batch"], { input: linesOf(wanted) });
  let at = 0;
  for (const blob of blobs) {
    const size = sizes.get(blob.id);
    if (size === undefined || size > limit || status !== 0) {
      yield [blob, size !== undefined && size > limit ? "too-large" : "missing"];
      continue;
    }
    const start = output.indexOf("\n", at) + 1;
    yield [blob, output.subarray(start, start + size)];
    at = start + size + 1;
  }
}

function linesOf(blobs: readonly { id: string }[]): string {
  return blobs.map(({ id }) => `${id}\n`).join("");
}

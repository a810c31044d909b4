import { spawnSync } from "node:child_process";
import { gitEnvironment } from "./environment.ts";

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
  const output = gitOutput(top, ["cat-file", format], linesOf(blobs))?.toString() ?? "";
  const found = [...output.matchAll(/^(\w+) blob (\d+)$/gm)];
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
  const output = gitOutput(top, ["cat-file", "--batch"], linesOf(wanted));
  let at = 0;
  for (const blob of blobs) {
    const size = sizes.get(blob.id);
    if (size === undefined || size > limit || !output) {
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

/**
 * Returns what git prints, undefined where it fails. Paths are no patterns, and nothing runs that the repository
 * configures.
 */
export function gitOutput(top: string, args: readonly string[], input = ""): Buffer | undefined {
  const config = ["-c", "core.fsmonitor=false", "--no-pager", "--literal-pathspecs", "-C", top];
  const done = spawnSync("git", [...config, ...args], {
    env: gitEnvironment(top),
    maxBuffer: 2 ** 28,
    timeout: 30_000,
    input,
  });
  return done.status === 0 ? done.stdout : undefined;
}

import { spawnSync } from "node:child_process";
import { gitEnvironment } from "./git-environment.ts";

/** A file as git holds it: its object's id, and how many bytes it has. */
export interface Blob {
  id: string;
  size: number;
}

/** How many bytes git is asked for at once, if it is not one blob that has more. */
const MOST_TOGETHER = 32 * 1024 * 1024;

/** Each with its bytes, in their order. They are missing where it is over the limit, and where git can't give them. */
export function* contentsOf<T extends Blob>(
  top: string,
  blobs: readonly T[],
  limit: number,
): Generator<[T, Buffer | undefined]> {
  let together: T[] = [];
  let room = MOST_TOGETHER;
  for (const blob of blobs) {
    const size = Math.min(blob.size, limit);
    if (size > room && together.length > 0) {
      yield* readTogether(top, together, limit);
      [together, room] = [[], MOST_TOGETHER];
    }
    together.push(blob);
    room -= size;
  }
  yield* readTogether(top, together, limit);
}

/** git answers an id with `id type size`, a line break, the bytes and another one; or with `id missing`. */
function* readTogether<T extends Blob>(
  top: string,
  blobs: readonly T[],
  limit: number,
): Generator<[T, Buffer | undefined]> {
  const ids = blobs.flatMap(({ id, size }) => (size > limit ? [] : `${id}\n`));
  const output = (ids.length > 0 && gitOutput(top, ["cat-file", "--batch"], ids.join(""))) || Buffer.of();
  let at = 0;
  for (const blob of blobs) {
    const { id, size } = blob;
    const start = output.indexOf("\n", at) + 1;
    const isNext = size <= limit && output.toString("latin1", at, start) === `${id} blob ${size}\n`;
    yield [blob, isNext ? output.subarray(start, start + size) : undefined];
    if (isNext) at = start + size + 1;
    else if (size <= limit) at = start;
  }
}

/** What git prints, undefined where it fails. Paths are no patterns, and nothing runs that the repository configures. */
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

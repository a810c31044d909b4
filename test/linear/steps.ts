import { Session } from "node:inspector/promises";

/**
 * How many steps each piece of work takes in our code and that of the libraries it reads with: how often V8 ran each block
 * of code, and how many characters and items were gone through to find something in a string or list.
 * What copies, and what regular expressions do, is not counted.
 * The same on every machine.
 */
export async function stepsOf(...works: readonly (() => Promise<unknown>)[]): Promise<number[]> {
  counted ??= startCounting();
  const take = await counted;
  const meter = startMeter();
  const all: number[] = [];
  try {
    await take();
    for (const work of works) {
      meter.steps = 0;
      await work();
      const native = meter.steps;
      all.push(native + (await take()));
    }
    return all;
  } finally {
    meter.stop();
  }
}

/** V8 counts from the first measurement on, because beginning takes longer than most of them. */
let counted: Promise<() => Promise<number>> | undefined;

/** Gives what tells how often blocks were run since it was last asked. */
async function startCounting(): Promise<() => Promise<number>> {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  return async () => {
    const { result } = await session.post("Profiler.takePreciseCoverage");
    let steps = 0;
    for (const { url, functions } of result) {
      if (COUNTED.test(url))
        for (const { ranges } of functions) for (const { count } of ranges) steps += count;
    }
    return steps;
  };
}

const COUNTED = /\/src\/(?!gen\/)|\/node_modules\/(?:yaml|micromark[^/]*|jsonc-parser|web-tree-sitter)\//;

/** Counts what is searched in native code, which V8 does not count. */
function startMeter(): { steps: number; stop: () => void } {
  const meter = { steps: 0, stop: () => restore.forEach((put) => put()) };
  const restore: (() => void)[] = [];
  const replace = <T extends object>(owner: T, name: keyof T & string, cost: Cost): void => {
    const original = owner[name] as (...args: unknown[]) => unknown;
    const counting = function (this: unknown, ...args: unknown[]): unknown {
      const result = original.apply(this, args);
      meter.steps += cost(this, args, result);
      return result;
    };
    Object.defineProperty(owner, name, { value: counting, writable: true, configurable: true });
    restore.push(() =>
      Object.defineProperty(owner, name, { value: original, writable: true, configurable: true }),
    );
  };
  const sought: Cost = (self, [, from = 0], found) =>
    found === true ? 1 : (typeof found === "number" && found >= 0 ? found : sizeOf(self)) - Number(from);
  for (const name of ["indexOf", "includes"] as const) {
    replace(String.prototype, name, sought);
    replace(Array.prototype, name, sought);
  }
  replace(
    String.prototype,
    "lastIndexOf",
    (text, [, from], at) =>
      Math.min(sizeOf(text), Number(from ?? Number.POSITIVE_INFINITY)) - Math.max(Number(at), 0),
  );
  for (const name of ["trimStart", "trimEnd"] as const) {
    replace(String.prototype, name, (text, _, result) => sizeOf(text) - sizeOf(result));
  }
  for (const name of ["split", "toLowerCase", "replaceAll"] as const) {
    replace(String.prototype, name, sizeOf);
  }
  return meter;
}

type Cost = (self: unknown, args: readonly unknown[], result: unknown) => number;

function sizeOf(value: unknown): number {
  return typeof value === "string" || Array.isArray(value) ? value.length : 0;
}

import type { Span } from "../../rule/value.ts";

/**
 * Whose text something is, changed or not: a file's, a region's, by its index in the reading, or that of an object which
 * the script makes. What is `wrapped` stands in a wrapper that the script has put around it; of what is `unknown`, a
 * program has made something that can't be told.
 */
export type Origin = ({ file: string } | { region: number } | { made: Span }) & {
  wrapped?: true;
  unknown?: true;
};

/** What a command prints, or what a variable holds. */
export interface Stream {
  origins: readonly Origin[];
  /** The words that it is, where these may be names of files: what `ls` and `echo` print. */
  names: readonly string[];
  /** Whether it is what LiveKit listed: bare rules. */
  bare?: boolean;
  /** Whether it is nothing but texts of its origins, with the keys that these have. */
  alike?: boolean;
  /** Whether its text ends where the value of a wrapper begins: `{"dispatch_rule":`. Undefined where none is known. */
  opens?: boolean;
}

export const NOTHING: Stream = { origins: [], names: [] };

/** How many origins and names a stream has at most; the others are dropped, so that a long script takes linear time. */
const MOST = 32;

/** All of them in one. */
export function joined(streams: readonly Stream[]): Stream {
  const told = streams.filter(({ origins, names, bare }) => origins.length > 0 || names.length > 0 || bare);
  if (told.length < 2) return told[0] ?? streams.find(({ opens }) => opens) ?? NOTHING;
  const origins = new Map<string, Origin>();
  const names = new Set<string>();
  for (const stream of told) {
    if (origins.size < MOST) for (const origin of stream.origins) origins.set(keyOf(origin), origin);
    if (names.size < MOST) for (const name of stream.names) names.add(name);
  }
  return {
    origins: [...origins.values()].slice(0, MOST),
    names: [...names].slice(0, MOST),
    ...(told.some(({ bare }) => bare) && { bare: true }),
    ...(told.every(({ alike }) => alike) && origins.size < MOST && { alike: true }),
  };
}

/** A stream in parts that follow each other, and those of them that stand where a wrapper has its value. */
export function inOrder(parts: readonly Stream[]): { all: Stream; bare: readonly Stream[] } {
  const bare: Stream[] = [];
  let opens: boolean | undefined;
  const all = parts.map((part) => {
    const isBare = opens === true && part.origins.some(({ wrapped }) => !wrapped);
    if (isBare) bare.push(part);
    opens = endOf(part) ?? opens;
    return isBare ? inWrapper(part) : part;
  });
  const one = joined(all);
  return { all: opens === undefined ? one : { ...one, opens }, bare };
}

/** What several commands print. Of each that prints nothing known, something unknown may be among it. */
export function oneAfterTheOther(printed: readonly Stream[]): Stream {
  const all = joined(printed);
  if (printed.length === 1) return all;
  const opens = printed.map(endOf).findLast((one) => one !== undefined);
  return changed(opens === undefined ? all : { ...all, opens });
}

/** Whether a stream ends where a wrapper has its value; undefined for one of which nothing is known. */
export function endOf({ opens, origins }: Stream): boolean | undefined {
  return opens ?? (origins.length > 0 ? false : undefined);
}

/** The same in a wrapper. */
export function inWrapper({ origins }: Stream): Stream {
  return { ...NOTHING, origins: origins.map((origin) => ({ ...origin, wrapped: true })) };
}

/** What a program made of it that can't be read: perhaps a request in a wrapper. */
export function madeUnknown({ origins }: Stream): Stream {
  return { ...NOTHING, origins: origins.map((origin) => ({ ...origin, unknown: true })) };
}

/** The texts of these files. */
export function textsOf(files: readonly string[]): Stream {
  const origins = files.slice(0, MOST).map((file) => ({ file }));
  return { origins, names: [], alike: files.length > 0 && files.length <= MOST };
}

/** The same of which the keys may have changed, or to which something unknown was added. */
export function changed(stream: Stream): Stream {
  return stream.alike ? { ...stream, alike: false } : stream;
}

function keyOf(origin: Origin): string {
  return `${nameOf(origin)}${origin.wrapped ? "\0" : ""}${origin.unknown ? "\0?" : ""}`;
}

function nameOf(origin: Origin): string {
  if ("file" in origin) return `>${origin.file}`;
  return "made" in origin ? `@${origin.made.start}` : String(origin.region);
}

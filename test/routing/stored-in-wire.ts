import type { JsonObject } from "@bufbuild/protobuf";

/** The trunks or rules that were stored; some as copies of others, because the server would have refused them. */
export function storedIn(wire: string, what: string, id: string): JsonObject[] {
  const stored = [...wire.matchAll(new RegExp(`^${what} (\\w+) (\\{.*\\})$`, "gm"))].map(
    ([, name = "", json = "{}"]): JsonObject => ({ ...JSON.parse(json), [id]: name }),
  );
  const copies = wire.matchAll(new RegExp(`^${what} (\\w+): a stored copy of (\\w+)`, "gm"));
  for (const [, copy = "", of] of copies)
    stored.push({ ...stored.find((one) => one[id] === of), [id]: copy });
  return stored;
}

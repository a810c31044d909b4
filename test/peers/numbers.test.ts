import { afterAll, expect, test } from "vitest";
import { normalizeNumber } from "../../src/routing/normalize-number.ts";
import { casesFor, compare, describePeer, PROTOCOLS } from "./peer.ts";
import { Random } from "./random.ts";
import { ODD_NUMBERS, number } from "./rule-cases.ts";

// What might count as a digit, a space or a line's end in one language and not in the other.
const CHARACTERS = [
  ...Array.from("0123456789+-() "),
  ...Array.from("\t\n\r\v\f\0.,/x#*"),
  ...Array.from(
    "\u0085\u00a0\u0661\u07c1\u1680\u180e\u2007\u2028\u2029\u202f\u3000\ufeff\uff0b\uff11\u{1d7ce}",
  ),
];

for (const protocol of PROTOCOLS) {
  describePeer("normalising", protocol, (peer) => {
    afterAll(() => peer.stop());

    test("every number is normalised as LiveKit's code does", async () => {
      const random = new Random(3);
      const differences = await compare({
        peer,
        count: casesFor(0.05),
        generate: () => ({ normalize: [oddNumber(random)] }),
        differ: ({ normalize }, theirs: string[]) => {
          const ours = normalize.map(normalizeNumber);
          return ours[0] === theirs[0] ? undefined : { normalize, ours, theirs };
        },
      });
      expect(differences).toEqual([]);
    });
  });
}

function oddNumber(random: Random): string {
  if (random.chance(0.1)) return random.pick(ODD_NUMBERS);
  const start = random.chance(0.5) ? number(random) : "";
  const plain = random.chance(0.5);
  const characters = Array.from({ length: random.below(6) }, () =>
    random.pick(plain ? CHARACTERS.slice(0, 15) : CHARACTERS),
  );
  return random.shuffled([...Array.from(start), ...characters]).join("");
}

import { groupBy } from "../rule/group-by.ts";
import { check, type Said } from "./check.ts";
import type { RuleFacts } from "./facts.ts";
import { leftIn, placeholderIn } from "./placeholder.ts";
import { shortened } from "../rule/list-words.ts";
import { numbersInWords } from "./words.ts";
import { writtenItems } from "./written-items.ts";

/** Numbers are compared with the user of the SIP address, as it is: protocol sip/sip.go at v1.50.4, MatchDispatchRuleIter. */
export const numberNeverMatches = check({
  id: "number-never-matches",
  severity: "warning",
  title: "A number that no call has",
  why: "livekit-server compares a rule's numbers with the user of the SIP address, character by character: nothing is normalised, and there are no prefixes and no patterns.",
  next: "Write each number whole, as it comes in the calls: most often + and digits.",
  ofRule: (rule) => [...oddIn(rule, "numbers"), ...oddIn(rule, "inbound_numbers")],
});

/** One finding a list and kind of number, at the first such number. */
function oddIn(rule: RuleFacts, field: "numbers" | "inbound_numbers"): Said[] {
  const odd = writtenItems(rule, field).flatMap(({ text, place }) => {
    const oddity = oddityOf(rule, text);
    return oddity ? [{ ...oddity, place, shown: shortened(shown(text)) }] : [];
  });
  return [...groupBy(odd, ({ words }) => words)].flatMap(([words, items]) => {
    const numbers = numbersInWords(items.map((item) => item.shown));
    const message = `\`${field}\` ${items.length === 1 ? "holds" : "hold"} ${numbers}: ${words}`;
    return items.slice(0, 1).map((said) => ({ ...said, message }));
  });
}

function shown(text: string): string {
  return text.trim() === text && text !== "" ? text : JSON.stringify(text);
}

type Oddity = Pick<Said, "severity" | "certainty" | "next"> & { words: string };

function oddityOf(rule: RuleFacts, number: string): Oddity | undefined {
  const placeholder = placeholderIn(number);
  if (placeholder !== undefined) {
    const left = leftIn(rule, placeholder);
    const next = "Fill it in before the rule goes to LiveKit.";
    return left && { words: "a placeholder that nothing is seen to fill in", next, ...left };
  }
  return shapeOf(number);
}

/** Tells whether no call has a number for the way in which it is written, a placeholder too. */
export function isNeverANumber(number: string): boolean {
  const oddity = shapeOf(number);
  return placeholderIn(number) !== undefined || (oddity !== undefined && oddity.severity !== "note");
}

function shapeOf(number: string): Oddity | undefined {
  const beginning = number.slice(0, LONGEST);
  return SHAPES.find(({ shape }) => shape.test(beginning))?.oddity;
}

/** More of a text tells nothing of what kind of number it is. */
const LONGEST = 60;

/** The first that fits counts. Plain numbers, with or without a plus, are in none. */
const SHAPES: readonly { shape: RegExp; oddity: Oddity }[] = [
  { shape: /^\s*$/, oddity: { words: "no call comes without a number, and an empty text is no wildcard" } },
  {
    shape: /^\s*(?:sips?|tel):|@/i,
    oddity: {
      words: "numbers are compared with the user alone, without `sip:` and host, so that no call matches",
    },
  },
  {
    shape: /^[^a-z]*\d[\d+\s()-]*[,;|/]\s*\+?\d/i,
    oddity: { words: "one text is one number, so that no call matches several in it" },
  },
  { shape: /\s/, oddity: { words: "spaces count, and a SIP address has none, so that no call matches" } },
  {
    shape: /^\+\d{0,5}$/,
    oddity: { words: "a prefix; numbers are compared whole, so that no call matches" },
  },
  {
    shape: /^\^|\$$|\\[d+]|\.\*|\[[\d-]+\]|^\+?\d[\d-]*(?:[*?%.]+|[xX]{2,})$|^\+?\d*[xX]{3,}/,
    oddity: { words: "a pattern; numbers are compared as plain texts, so that no call matches" },
  },
  {
    shape: /^\+?[\d()./-]*[()./-][\d()./-]*$/,
    oddity: { words: "signs between the digits count, and calls hardly ever have them", certainty: "likely" },
  },
  {
    shape: /[^\d+]/,
    oddity: {
      words: "no number, so that only a call matches whose SIP user is exactly this",
      next: "Nothing has to be done if that is the SIP user that calls have.",
      severity: "note",
    },
  },
];

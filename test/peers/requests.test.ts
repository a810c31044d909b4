import { isDeepStrictEqual } from "node:util";
import { afterAll, expect, test } from "vitest";
import {
  CreateSIPDispatchRuleRequestSchema,
  SIPDispatchRuleInfoSchema,
} from "../../src/gen/livekit/livekit_sip_pb.ts";
import { saidOfProblem } from "../../src/checks/said-of.ts";
import { checkMessage } from "../../src/rule/validation.ts";
import { messageFrom, messageJson } from "../../src/rule/message.ts";
import { wrap } from "../../src/rule/wrap.ts";
import { readJson } from "../../src/documents/json/read.ts";
import { invalidRequest } from "./creating.ts";
import { casesFor, compare, describePeer, type Difference } from "./peer.ts";
import { Random } from "./random.ts";
import { messageText } from "./request-cases.ts";

interface ReadAnswer {
  refused?: string;
  invalid?: string;
  info?: object;
}

describePeer("requests", "v1.54.0", (peer) => {
  const seen = new Map<string, number>();
  const count = (what: string): void => void seen.set(what, (seen.get(what) ?? 0) + 1);
  afterAll(() => peer.stop());

  test("every create request is read, refused and stored as LiveKit's code does", async () => {
    const random = new Random(5);
    const differences = await compare({
      peer,
      count: casesFor(0.2),
      generate: () => ({
        request: messageText(random, CreateSIPDispatchRuleRequestSchema, random.pick([0, 0.02, 0.15])),
      }),
      differ: ({ request }, theirs: ReadAnswer) => {
        count(theirs.refused ? "refused" : (theirs.invalid ?? "taken"));
        return requestDiffers(request, theirs);
      },
    });
    expect(differences).toEqual([]);
  });

  test("every rule is read or refused as LiveKit's code does", async () => {
    const random = new Random(6);
    const differences = await compare({
      peer,
      count: casesFor(0.03),
      generate: () => ({
        info: messageText(random, SIPDispatchRuleInfoSchema, random.pick([0, 0.02, 0.15])),
      }),
      differ: ({ info }, theirs: ReadAnswer) => infoDiffers(info, theirs),
    });
    expect(differences).toEqual([]);
  });

  test("the cases reach every answer", () => {
    const answers = [
      "taken",
      "refused",
      "missing rule",
      "rule id must not be set",
      "missing codec name",
      "media_timeout must not be negative",
      "media_timeout must not exceed 10m0s",
    ];
    expect(answers.filter((answer) => (seen.get(answer) ?? 0) < Math.floor(casesFor(0.2) / 2000))).toEqual(
      [],
    );
  });
});

function requestDiffers(text: string, theirs: ReadAnswer): Difference {
  const read = strictly(text, CreateSIPDispatchRuleRequestSchema);
  if ("problem" in read)
    return theirs.refused || isKnown(text) ? undefined : { text, ours: read.problem, theirs };
  if (theirs.refused) return { text, ours: "taken", theirs };
  const request = messageFrom(CreateSIPDispatchRuleRequestSchema, read.value);
  const info = request.dispatchRule ?? wrap(request, "inbound_numbers");
  const ours = { invalid: invalidRequest(request), info: messageJson(SIPDispatchRuleInfoSchema, info) };
  const same = ours.invalid === theirs.invalid && isDeepStrictEqual(plain(ours.info), theirs.info);
  return same ? undefined : { text, ours, theirs };
}

function infoDiffers(text: string, theirs: ReadAnswer): Difference {
  const read = strictly(text, SIPDispatchRuleInfoSchema);
  if ("problem" in read)
    return theirs.refused || isKnown(text) ? undefined : { text, ours: read.problem, theirs };
  if (theirs.refused) return { text, ours: "taken", theirs };
  const ours = messageJson(SIPDispatchRuleInfoSchema, messageFrom(SIPDispatchRuleInfoSchema, read.value));
  return isDeepStrictEqual(plain(ours), theirs.info) ? undefined : { text, ours, theirs };
}

/**
 * The two known differences, both on the safe side: protojson takes a number without its exponent (`1e` is
 * 1), and a quoted number with anything after a delimiter (`"80;x"` is 80). We refuse both.
 */
const KNOWN = [/\de[+-]?(?!\d)/i, /"-?\d+(\.\d+)?(e[+-]?\d*)?[^\w+.\-"]/i];

function isKnown(text: string): boolean {
  return KNOWN.some((pattern) => pattern.test(text));
}

/** What `lk` reads: strict JSON, an object, nothing that the schema doesn't know. */
function strictly(text: string, schema: Parameters<typeof checkMessage>[1]) {
  const read = readJson(text);
  if (!("value" in read)) return { problem: read.message };
  if (read.refused[0]) return { problem: read.refused[0].what };
  if (read.value.kind !== "object") return { problem: "no object" };
  const [problem] = checkMessage(read.value, schema);
  return problem ? { problem: saidOfProblem(problem).message } : { value: read.value };
}

/** As it is once written and read, which Go's answer was. */
function plain(json: object): unknown {
  return JSON.parse(JSON.stringify(json));
}

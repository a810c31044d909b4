import { clone, fromJson, type JsonObject, toJson } from "@bufbuild/protobuf";
import { isDeepStrictEqual } from "node:util";
import {
  type CreateSIPDispatchRuleRequest,
  CreateSIPDispatchRuleRequestSchema,
  type SIPDispatchRuleInfo,
  SIPDispatchRuleInfoSchema,
} from "../../src/gen/livekit/livekit_sip_pb.ts";
import { checkReplace } from "../../src/routing/acceptance.ts";
import type { Call } from "../../src/routing/call.ts";
import type { ConflictReport, ServerRefusal } from "../../src/routing/conflicts.ts";
import { Router } from "../../src/routing/match.ts";
import { matchTrunk } from "../../src/routing/match-trunk.ts";
import { type Server, supports } from "../../src/rule/server.ts";
import { inStoreOrder, type Rule } from "../../src/routing/stored-rule.ts";
import { type Trunk, trunksFromJson } from "../../src/routing/trunks.ts";
import { wrap } from "../../src/rule/wrap.ts";
import { checkCreate, invalidRequest } from "../peers/creating.ts";
import type { Peer } from "../peers/peer.ts";
import type { Random } from "../peers/random.ts";
import { callFor, number, rule, ruleSet } from "../peers/rule-cases.ts";
import type { Answer, Running } from "./running.ts";

/** What was compared, and where the server did otherwise than we say. */
export interface Comparison {
  creates: number;
  replaces: number;
  conflicts: number;
  calls: number;
  /** Calls that would have ended the server. */
  unasked: number;
  /** How many calls came to each outcome. */
  outcomes: Map<string, number>;
  differences: object[];
}

/** What the client says of a call: see client/main.go. */
interface CallAnswer {
  error?: string;
  silent?: boolean;
  result?: string;
  trunk?: string;
  rule?: string;
  room?: string;
}

const ID_OF_NEW = "<new>";
const SOURCE = { sourceIp: "192.0.2.1", fromHost: "sip.example.com" };
const CALLS = 10;
const NO_KIND = /unsupported SIP Dispatch Rule/i;

/** Compares what a running server does with generated rules and calls with what we say that it does. */
export class RuleSets {
  readonly found: Comparison = {
    creates: 0,
    replaces: 0,
    conflicts: 0,
    calls: 0,
    unasked: 0,
    outcomes: new Map(),
    differences: [],
  };
  readonly #running: Running;
  readonly #client: Peer;
  readonly #server: Server;
  readonly #random: Random;
  #held: SIPDispatchRuleInfo[] = [];
  #trunks: Trunk[] = [];
  /** The ids that the server gave trunks which cases call ST_a, ST_b and ST_c. */
  #ids = new Map<string, string>();

  constructor(running: Running, client: Peer, server: Server, random: Random) {
    this.#running = running;
    this.#client = client;
    this.#server = server;
    this.#random = random;
  }

  /** One set of rules: made, changed, listed and asked about calls; gone afterwards. */
  async one(): Promise<void> {
    await this.#makeTrunks();
    for (const info of ruleSet(this.#random, 8)) await this.#create(this.#known(info));
    for (let at = 0; at < 2 && this.#held.length > 0; at++) await this.#replace();
    await this.#list();
    await this.#route();
    await this.#clear();
  }

  #rules(): Rule<string>[] {
    return this.#held.map((info) => ({ label: info.sipDispatchRuleId, info }));
  }

  /** Trunks as the server takes them; one that it refuses is left out. */
  async #makeTrunks(): Promise<void> {
    const random = this.#random;
    for (const name of ["ST_a", "ST_b", "ST_c"]) {
      const numbers = random.chance(0.8) ? [number(random), number(random)] : [];
      const trunk = {
        name,
        numbers: [...new Set(numbers)],
        allowed_numbers: random.chance(0.15) ? [number(random), number(random)] : [],
        allowed_addresses: numbers.length === 0 || random.chance(0.1) ? [random.pick(ADDRESSES)] : [],
      };
      const { status, body } = await this.#running.api("CreateSIPInboundTrunk", { trunk });
      if (status === 200) this.#ids.set(name, textOf(body["sip_trunk_id"]));
    }
    const { body } = await this.#running.api("ListSIPInboundTrunk", {});
    const read = trunksFromJson(body as JsonObject);
    if ("problem" in read) throw new Error(read.problem);
    this.#trunks = read.trunks;
  }

  /** The rule with the ids that the server gave the trunks, and without what the server doesn't know. */
  #known(info: SIPDispatchRuleInfo): SIPDispatchRuleInfo {
    const copy = clone(SIPDispatchRuleInfoSchema, info);
    copy.trunkIds = copy.trunkIds.map((id) => this.#ids.get(id) ?? id);
    const kind = copy.rule?.rule;
    if (kind?.case === "dispatchRuleIndividual" && !supports(this.#server, "noRandomness"))
      kind.value.noRandomness = false;
    return copy;
  }

  async #create(info: SIPDispatchRuleInfo): Promise<void> {
    const request = this.#requestFor({ ...info, sipDispatchRuleId: "" });
    const stored = request.dispatchRule ?? wrap(request, "inbound_numbers");
    const invalid = invalidRequest(request);
    const report = checkCreate(
      this.#rules(),
      { label: ID_OF_NEW, info: stored },
      request.trunkIds,
      this.#server,
    );
    const answer = await this.#running.api(
      "CreateSIPDispatchRule",
      toJson(CreateSIPDispatchRuleRequestSchema, request) as JsonObject,
    );
    this.found.creates += 1;
    this.#judge({ asked: "create", request, answer, invalid, report, stored });
  }

  /** In one of the forms that can say it, at times with flat trunk_ids beside the wrapper. */
  #requestFor(info: SIPDispatchRuleInfo): CreateSIPDispatchRuleRequest {
    const random = this.#random;
    const { numbers, sipDispatchRuleId: _, ...flat } = toJson(SIPDispatchRuleInfoSchema, info) as JsonObject;
    if (numbers === undefined && random.chance(0.5))
      return fromJson(CreateSIPDispatchRuleRequestSchema, flat);
    const trunkIds = random.chance(0.2) ? [random.pick([...this.#ids.values(), "ST_none"])] : [];
    const dispatchRule = toJson(SIPDispatchRuleInfoSchema, info);
    return fromJson(CreateSIPDispatchRuleRequestSchema, { dispatchRule, trunkIds });
  }

  async #replace(): Promise<void> {
    const { sipDispatchRuleId } = this.#random.pick(this.#held);
    const info = this.#known(rule(this.#random, sipDispatchRuleId));
    const report = checkReplace(this.#rules(), { label: sipDispatchRuleId, info }, this.#server);
    const answer = await this.#running.api("UpdateSIPDispatchRule", {
      sipDispatchRuleId,
      replace: toJson(SIPDispatchRuleInfoSchema, info),
    });
    this.found.replaces += 1;
    this.#judge({
      asked: "replace",
      request: info,
      answer,
      invalid: info.rule ? undefined : "missing rule",
      report,
      stored: info,
    });
  }

  /** Compares a verdict and, where the rule is taken, what is stored of it. */
  #judge(it: Judged): void {
    const { answer, invalid, report, stored } = it;
    const [refusal] = report.refusals;
    const words = textOf(answer.body["msg"]);
    if (refusal) this.found.conflicts += 1;
    if (answer.status !== 200) {
      const expected = invalid === undefined ? refusal && this.#isSaid(refusal, words) : words === invalid;
      if (!expected) this.#differs({ ...it, held: this.#held.map(plain) });
      return;
    }
    const taken = fromJson(SIPDispatchRuleInfoSchema, answer.body as JsonObject);
    const wanted = { ...stored, sipDispatchRuleId: taken.sipDispatchRuleId };
    if (invalid !== undefined || refusal || !isDeepStrictEqual(plain(taken), plain(wanted)))
      this.#differs({ ...it, held: this.#held.map(plain) });
    this.#held = [...this.#held.filter((one) => one.sipDispatchRuleId !== taken.sipDispatchRuleId), taken];
  }

  async #list(): Promise<void> {
    const { body } = await this.#running.api("ListSIPDispatchRule", {});
    const listed = (body["items"] as JsonObject[]).map((item) =>
      plain(fromJson(SIPDispatchRuleInfoSchema, item)),
    );
    const expected = inStoreOrder(this.#rules()).map(({ info }) => plain(info));
    if (!isDeepStrictEqual(listed, expected)) this.#differs({ asked: "list", listed, expected });
  }

  async #route(): Promise<void> {
    if (this.#held.length === 0) return;
    const router = new Router(this.#rules(), this.#server);
    const calls = Array.from({ length: CALLS }, () => callFor(this.#random, this.#held)).flatMap((call) => {
      const { trunk: _, ...overAny } = call;
      const trunk = matchTrunk(this.#trunks, { ...call, ...SOURCE }, this.#server);
      const over = trunk.kind === "specific" || trunk.kind === "default" ? trunk.trunk.id : "";
      const ours: Call = { ...overAny, trunk: over };
      const outcome = trunk.kind === "several" ? { outcome: "several-trunks" as const } : router.take(ours);
      const isDeadly = outcome.outcome === "winner" && outcome.winner.noRoom === "crash";
      if (isDeadly) this.found.unasked += 1;
      return isDeadly ? [] : [{ call: ours, outcome }];
    });
    const answers = await this.#client.ask<CallAnswer>(
      calls.map(({ call }) => ({
        to: call.calledNumber,
        from: call.callingNumber,
        pin: call.pin,
        ...SOURCE,
      })),
    );
    for (const [at, { call, outcome }] of calls.entries()) {
      const theirs = answers[at] ?? {};
      this.found.calls += 1;
      const kind = kindOf(outcome);
      this.found.outcomes.set(kind, (this.found.outcomes.get(kind) ?? 0) + 1);
      if (!this.#isSame(outcome, call, theirs))
        this.#differs({ call, outcome, theirs, held: this.#held.map(plain), trunks: this.#trunks });
    }
  }

  #isSame(ours: Routed, { trunk }: Call, theirs: CallAnswer): boolean {
    switch (ours.outcome) {
      case "several-trunks":
        return theirs.error?.includes("SIP Trunks matched for") ?? false;
      case "refused":
        return theirs.error !== undefined && this.#isSaid(ours.refusal, theirs.error);
      case "no-match":
        return (
          theirs.result === (supports(this.#server, "rejection") ? "REJECT" : "DROP") &&
          theirs.trunk === (trunk || undefined)
        );
      case "winner":
        break;
    }
    const { rule: label, asksForPin, room, noRoom } = ours.winner;
    if (asksForPin) return theirs.result === "REQUEST_PIN" && theirs.rule === label;
    if (noRoom) return theirs.silent === true || theirs.error !== undefined;
    const name = room?.random ? theirs.room?.slice(0, -13) : theirs.room;
    return theirs.result === "ACCEPT" && theirs.rule === label && (name ?? "") === room?.name;
  }

  /** Whether the server's words name the rule that we do. */
  #isSaid(refusal: ServerRefusal<string>, words: string): boolean {
    if (refusal.code === "no-kind") return NO_KIND.test(words);
    return words.includes(`already exists in dispatch rule "${refusal.other}"`);
  }

  #differs(difference: object): void {
    this.found.differences.push(difference);
  }

  async #clear(): Promise<void> {
    for (const { sipDispatchRuleId } of this.#held)
      await this.#running.api("DeleteSIPDispatchRule", { sipDispatchRuleId });
    for (const { id: sipTrunkId } of this.#trunks) await this.#running.api("DeleteSIPTrunk", { sipTrunkId });
    this.#held = [];
    this.#trunks = [];
    this.#ids.clear();
  }
}

/** What we say of a call. */
type Routed = ReturnType<Router<string>["take"]> | { outcome: "several-trunks" };

function kindOf(outcome: Routed): string {
  if (outcome.outcome === "refused") return outcome.refusal.code;
  if (outcome.outcome !== "winner") return outcome.outcome;
  const { asksForPin, noRoom } = outcome.winner;
  return asksForPin ? "asks-for-pin" : (noRoom ?? "taken");
}

interface Judged {
  asked: "create" | "replace";
  request: object;
  answer: Answer;
  /** The words in which the server refuses the request itself. */
  invalid: string | undefined;
  report: ConflictReport<string>;
  /** What it stores. */
  stored: SIPDispatchRuleInfo;
}

const ADDRESSES = ["192.0.2.1", "192.0.2.0/24", "198.51.100.7", "sip.example.com", "0.0.0.0/0"];

/** The rule as JSON, without what the server adds: times, and a `media` that says nothing. */
export function plain(info: SIPDispatchRuleInfo): JsonObject {
  const {
    createdAt: _,
    updatedAt: __,
    media,
    ...said
  } = toJson(SIPDispatchRuleInfoSchema, info) as JsonObject;
  return media === undefined || isDeepStrictEqual(media, {}) ? said : { ...said, media };
}

/** The text; empty for what is none. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

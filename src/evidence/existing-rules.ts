import { type Program, programOf } from "./program.ts";
import type { Document } from "../sources/document.ts";
import { type PlacedStatement, updates } from "./statement.ts";
import type { Fact, Notice } from "../sources/fact.ts";

/** A notice, and the id of the document of its source in which it stands. */
export interface PlacedNotice {
  document: string;
  notice: Notice;
}

/** Returns what a person should know about the lines of a source; `path` is only a name. */
export function noticesOf(path: string, root: Document): PlacedNotice[] {
  return handlesRules(root.text) ? ruleNotices(root.text, programOf(path, root)) : [];
}

/** The same of a text that is a program. */
export function ruleNotices(text: string, program: Program): PlacedNotice[] {
  if (!handlesRules(text)) return [];
  const {
    statements,
    parameters,
    index: { uses },
  } = program;
  const steps = statements.flatMap((statement) => statement.steps);
  const answered = namesFrom(statements, uses, ({ answers }) => answers === true);
  const infos = new Set(steps.flatMap(({ isInfo, binds }) => (isInfo ? binds : [])));
  const updated = new Set(steps.flatMap(({ sends, uses: names }) => (updates({ sends }) ? names : [])));
  // What gets the other filter as well, in whatever statement.
  const complete = new Set(steps.flatMap(({ callers, uses: names }) => (callers?.isBoth ? names : [])));
  const given = lastGiven(answered, parameters);
  return statements.flatMap(({ document, isShell, steps: pipeline }) => {
    let isOfRule = false;
    return pipeline.flatMap((step): PlacedNotice[] => {
      isOfRule ||= step.answers === true || step.uses.some((name) => answered.has(name));
      const isTaken = isShell ? isOfRule : given.take(step, document);
      const notices: Notice[] = [...(step.notices ?? [])];
      const { callers } = step;
      if (callers && !callers.isBoth) {
        const made = [...step.binds, ...step.uses].filter(
          (name) => infos.has(name) || (step.binds.includes(name) && updated.has(name)),
        );
        const isMade = step.isInfo === true || made.some((name) => !complete.has(name));
        const ofRules = callers.places.filter(({ of }) =>
          isShell || of === undefined ? isTaken : given.isRule(of, step),
        );
        const [first] = callers.places;
        if (callers.isCopy && isMade && first) notices.push({ code: "update-drops-numbers", at: first });
        else notices.push(...ofRules.map((at): Notice => ({ code: "reads-inbound-numbers", at })));
      }
      return notices.map((notice) => ({ document, notice }));
    });
  });
}

/** Tells whether a text may have a command for rules, or look at the numbers of rules that LiveKit gave. */
function handlesRules(text: string): boolean {
  return COMMANDS.test(text) || (/inbound_?numbers/i.test(text) && GETS_RULES.test(text));
}

const COMMANDS = /\bsip[^A-Za-z0-9]{1,12}dispatch|-sip-dispatch-rule/;

const GETS_RULES =
  /(?:list|create|update)_?(?:sip_?)?dispatch_?rule|dispatch(?:-rules?)?["',\s]{1,8}list\b|SIPDispatchRuleInfo/i;

/**
 * Tells of one step of a text after the other whether what it gives its names is of a rule, and whether an expression with
 * some names in it is. A name is of a rule if it is `answered` anywhere, and was not given something else since.
 */
function lastGiven(answered: ReadonlySet<string>, parameters: Program["parameters"]) {
  const others = new Set<string>();
  let here: string | undefined;
  const isOfRule = (name: string): boolean => answered.has(name) && !others.has(name);
  return {
    take({ answers, uses, binds, again = [], calls = [] }: Fact, document: string): boolean {
      if (document !== here) others.clear();
      here = document;
      const isTrunk = answers !== true && uses.some((name) => TRUNK.test(name));
      const used = uses.filter((name) => !binds.includes(name) || again.includes(name));
      const isRule = answers === true || (!isTrunk && used.some(isOfRule));
      // What a function takes its calls say, and what it gives all that it returns.
      const taken = [...calls, ...binds].flatMap((name) => parameters.get(name) ?? []);
      const isHead =
        binds.some((name) => parameters.has(name)) || taken.some((name) => !binds.includes(name));
      for (const name of new Set([...binds, ...(isHead ? taken : [])])) {
        const isOther = isHead && taken.includes(name) ? isTrunk : !isRule;
        if (!parameters.has(name)) others[isOther ? "add" : "delete"](name);
      }
      return isRule;
    },
    isRule: (names: readonly string[], { answers, uses }: Fact): boolean =>
      (answers === true || !uses.some((name) => TRUNK.test(name))) &&
      !names.some((name) => /trunk(?!_?ids?$)/i.test(name)) &&
      names.some((name) => (answers === true && /dispatch_?rule/i.test(name)) || isOfRule(name)),
  };
}

/** Names for trunks in LiveKit's API: `SIPTrunkInfo`, `list_sip_inbound_trunk`. */
const TRUNK = /sip_?(?:inbound_?|outbound_?)?trunk(?!_?ids?$)/i;

/** The names of what some steps give, and of what is taken from that. */
function namesFrom(
  statements: readonly PlacedStatement[],
  uses: ReadonlyMap<string, readonly { statement: PlacedStatement; index: number }[]>,
  isStart: (step: Fact) => boolean,
): ReadonlySet<string> {
  const given = new Set<string>();
  const open: string[] = [];
  const take = ({ steps, captured }: PlacedStatement, index: number): void => {
    for (const name of [...steps.slice(index).flatMap(({ binds }) => binds), ...captured]) {
      if (given.has(name)) continue;
      given.add(name);
      open.push(name);
    }
  };
  for (const statement of statements) {
    const first = statement.steps.findIndex(isStart);
    if (first >= 0) take(statement, first);
  }
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    for (const { statement, index } of uses.get(name) ?? []) take(statement, index);
  }
  return given;
}

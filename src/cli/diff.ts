import { existsSync } from "node:fs";
import type { CommandModule, InferredOptionTypes, Options } from "yargs";
import { diffJson, diffReport } from "../report/diff.ts";
import { complaint } from "../report/complaint.ts";
import { sentence } from "../report/words.ts";
import { compareCalls, goesElsewhere } from "../routing/compare.ts";
import { pairRules, sameMeaning } from "../routing/pairs.ts";
import { rulesIn, type WrittenRule } from "../routing/written-rules.ts";
import { languageOfNamed } from "../syntax/registry.ts";
import { configsOf } from "./configs.ts";
import { migrateOptions, outputOptions, routingServer, STDIN, styleOf } from "./options.ts";
import { print } from "./output.ts";
import { UsageError } from "./usage.ts";
import { type ReadRules, readRules } from "./written-rules.ts";

export const diffOptions = {
  server: routingServer,
  format: {
    type: "string",
    requiresArg: true,
    choices: ["text", "json"],
    default: "text",
    describe: "How to report",
  },
  redact: outputOptions.redact,
  color: outputOptions.color,
  quiet: { alias: "q", type: "boolean", describe: "Print nothing; the exit status says it" },
} as const satisfies Record<string, Options>;

type Arguments = InferredOptionTypes<typeof diffOptions> & { sides: string[] };

/** `sip-dispatch diff`: what differs in meaning, and for calls, between two versions of rules. */
export const diffCommand: CommandModule<object, Arguments> = {
  command: "diff <sides..>",
  describe: "Compare what two versions of rules mean, in whatever form",
  builder: (yargs) =>
    yargs
      .positional("sides", {
        type: "string",
        array: true,
        demandOption: true,
        defaultDescription: "",
        describe: "Two files, folders, git revisions or REV:path; or REV..REV; or - for standard input",
      })
      .options(diffOptions)
      .example("$0 diff old.json new.json", "Two files")
      .example("$0 diff HEAD~1:sip/rule.json sip/rule.json", "A file and how it was")
      .example("$0 diff main..HEAD", "All rule files of two revisions")
      .example("lk sip dispatch list --json | $0 diff - sip", "What is live, and a folder"),
  handler: async (args) => {
    const { before, after, driverPath } = sidesOf(args.sides);
    const sides = [await readSide(before, driverPath), await readSide(after, driverPath)] as const;
    const status = report(args, sides);
    // git takes any other status of its diff driver for a crash.
    process.exitCode = driverPath === undefined ? status : 0;
  },
};

/** git calls a diff driver with path old-file old-hex old-mode new-file new-hex new-mode, and two more for a rename. */
function sidesOf(sides: readonly string[]): { before: string; after: string; driverPath?: string } {
  const [first = "", second = ""] = sides;
  if (sides.length === 2) return { before: first, after: second };
  if (sides.length === 7 || sides.length === 9)
    return { before: second, after: sides[4] ?? "", driverPath: first };
  const [, from, to] = /^(.+?)\.\.([^.].*)?$/.exec(first) ?? [];
  if (sides.length === 1 && from !== undefined) return { before: from, after: to ?? "HEAD" };
  throw new UsageError("diff takes two sides, or REV..REV");
}

/** git hands its driver temporary copies, whose own names say nothing. */
async function readSide(side: string, driverPath: string | undefined): Promise<ReadRules> {
  if (side === "/dev/null") return { rules: [], unusable: [], sources: 0, isEmptyListing: false };
  if (side === STDIN || existsSync(side)) {
    const read = await readRules([side]);
    const renamed = <T extends { path: string }>(one: T): T => ({ ...one, path: driverPath ?? one.path });
    return { ...read, rules: read.rules.map(renamed), unusable: read.unusable.map(renamed) };
  }
  const { readRevision } = await import("../repo/revision.ts");
  const revision = readRevision(side, languageOfNamed("rule.json").limit, await configsOf(["."]).ofFolders());
  if (!revision) {
    const next = "Name a file, a folder, a revision, or REV:path.";
    return {
      rules: [],
      unusable: [{ path: side, message: "is neither a file nor a git revision", next }],
      sources: 1,
      isEmptyListing: false,
    };
  }
  const read: ReadRules = {
    rules: [],
    unusable: [...revision.unreadable],
    sources: revision.sources.length,
    isEmptyListing: false,
  };
  for (const { path, text } of revision.sources) {
    const { rules, unusable } = await rulesIn(path, text);
    // Not spread into one call: there may be more rules than a call takes arguments.
    for (const one of rules) read.rules.push(one);
    for (const one of unusable) read.unusable.push(one);
  }
  if (!revision.exists && side.includes(":")) {
    read.unusable.push({
      path: side,
      message: "is not in that revision",
      next: "Check the path; it starts at the repository's top.",
    });
  }
  return read;
}

function report(args: Arguments, [before, after]: readonly [ReadRules, ReadRules]): number {
  const unusable = [...before.unusable, ...after.unusable];
  if (unusable.length > 0) {
    for (const { path, line, column, message, next } of unusable) {
      const place = line === undefined ? path : `${path}:${line}:${column ?? 1}`;
      print(2, complaint(place, sentence(message), next));
    }
    // What is missing on a side would count as gone, and its calls as lost.
    print(2, "Nothing was compared.\n");
    return 3;
  }
  const pairs = pairRules(before.rules, after.rules);
  const { server } = migrateOptions({ server: args.server });
  const documented = before.rules.map((rule) => ({ ...rule, info: rule.documented }));
  const { changes, cut } = compareCalls(
    [documented, before.rules, after.rules].map(ruleSet),
    ([, was, now]) => goesElsewhere(was, now),
    server,
  );
  const redact = args.redact === true;
  const comparison = { pairs, changes, cut };
  if (!args.quiet) {
    print(
      1,
      args.format === "json"
        ? diffJson(comparison, redact)
        : diffReport(comparison, styleOf(args.color, 1), redact),
    );
  }
  return pairs.every(sameMeaning) ? 0 : 1;
}

function ruleSet(rules: readonly WrittenRule[]) {
  return rules.map((rule) => ({ label: `${rule.path}:${rule.line}:${rule.column}`, info: rule.info }));
}

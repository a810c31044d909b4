import type { InferredOptionTypes, Options } from "yargs";
import {
  asBinary,
  asJson,
  type Conversion,
  convertBinary,
  type Converted,
  convertJson,
  type Refusal,
} from "../convert/convert.ts";
import { commandLine } from "../rule/command-words.ts";
import { convertLines } from "../convert/stream.ts";
import { readBytes, readChunks, readStandardInputBytes } from "../files/read.ts";
import { complaint } from "../report/error-text.ts";
import { redacted } from "../report/redact.ts";
import { counted, grouped } from "../rule/count-words.ts";
import { positions } from "../sources/position.ts";
import { looksLikeYaml } from "../sources/recognise.ts";
import { languageOf, languageOfNamed } from "../sources/languages.ts";
import type { Command } from "./command.ts";
import type { Unusable } from "../sources/unreadable.ts";
import { displayName, migrateOptions, migrationOptions, readInput, STDIN } from "./options.ts";
import { print } from "./output.ts";
import { complainOf } from "./say.ts";
import { UsageError } from "./usage-error.ts";

const TARGETS = ["json", "ndjson", "binary"] as const;
type TargetFormat = (typeof TARGETS)[number];
const SOURCES = ["json", "ndjson", "yaml", "binary"] as const;
type SourceFormat = (typeof SOURCES)[number];

const OPTIONS = {
  to: {
    type: "string",
    choices: ["flat", "wrapped", "info"],
    demandOption: true,
    describe: "The form to convert to",
  },
  "from-format": {
    type: "string",
    choices: SOURCES,
    describe: "How the input is encoded (default: by its name, or json)",
  },
  "to-format": {
    type: "string",
    choices: TARGETS,
    describe: "How to encode the output (default: as the input; json for yaml)",
  },
  ...migrationOptions,
  redact: { type: "boolean", describe: "Hide PINs, metadata, attributes and secrets in what is printed" },
  quiet: { alias: "q", type: "boolean", describe: "Leave out the warnings" },
} as const satisfies Record<string, Options>;

type Arguments = InferredOptionTypes<typeof OPTIONS> & { file: string };

/** `sip-dispatch convert`: prints one document, or a stream of them, in another form, as strict JSON. */
export const command = {
  operand: {
    type: "string",
    default: STDIN,
    defaultDescription: "-",
    describe: "A file, or - for standard input",
  },
  options: OPTIONS,
  examples: [
    ["$0 convert rule.jsonc --to wrapped | lk sip dispatch create -", "Create a rule"],
    ["$0 convert rule.json --to info | lk sip dispatch update --id SDR_… -", "Replace a rule in place"],
    ["$0 convert rule.yaml --to wrapped > rule.json", "YAML becomes JSON"],
    ["$0 convert rules.ndjson --to wrapped > wrapped.ndjson", "A request a line"],
  ],
  run: async (args: Arguments): Promise<void> => {
    const from = args["from-format"] ?? formatOf(args.file);
    const to = args["to-format"] ?? (from === "yaml" ? "json" : from);
    const isOne = from === "json" || from === "yaml";
    if ((from === "ndjson") !== (to === "ndjson") && !(isOne && to === "ndjson")) {
      throw new UsageError(`a stream of requests can't be turned into ${to}`, "Use `--to-format ndjson`.");
    }
    process.exitCode = from === "ndjson" ? await convertStream(args) : await convertOne(args, from, to);
  },
} as const satisfies Command;

function formatOf(path: string): SourceFormat {
  if (languageOf(path)?.id === "yaml") return "yaml";
  if (/\.(ndjson|jsonl)$/i.test(path)) return "ndjson";
  return /\.(bin|binpb|pb)$/i.test(path) ? "binary" : "json";
}

async function convertOne(args: Arguments, from: SourceFormat, to: TargetFormat): Promise<number> {
  const target = args.to;
  const options = migrateOptions(args);
  const { limit } = languageOfNamed("-");
  const path = displayName(args.file);
  let text = "";
  let conversion: Conversion;
  if (from === "binary") {
    const bytes = args.file === STDIN ? readStandardInputBytes(limit) : readBytes(args.file, limit);
    if (!Buffer.isBuffer(bytes)) return complain([{ ...bytes, path }]);
    conversion = convertBinary(bytes, target, options);
  } else {
    const source = readInput(args.file, limit);
    if (!("text" in source)) return complain([source]);
    text = source.text;
    const mayBeYaml = args.file === STDIN && args["from-format"] === undefined && looksLikeYaml(text);
    conversion =
      from === "yaml" || mayBeYaml
        ? (await import("../convert/yaml.ts")).convertYaml(text, target, options)
        : convertJson(text, target, options);
  }
  if ("refused" in conversion) {
    const inside = args["from-format"] === undefined && holdsRequestsInside(args.file, text);
    return complain(inside ? [scriptAt(args.file, path)] : placed(path, text, conversion.refused));
  }
  const { routingChange, remark, placeholders } = conversion.converted;
  if (routingChange !== undefined && !args.quiet) warn(`${path}: this changes routing: ${routingChange}`);
  if (remark !== undefined && !args.quiet) warn(`${path}: ${remark}`);
  if (placeholders && !args.quiet) warn(`${path}: ${stays(placeholders)}`);
  if (args.redact && !args.quiet) warn("what is redacted says [redacted]: don't create a rule from it");
  print(1, encoded(args.redact ? redacted(conversion.converted) : conversion.converted, to));
  return 0;
}

/** Tells whether it is a script, a page or code: a text in which requests stand, and not one itself. */
function holdsRequestsInside(file: string, text: string): boolean {
  const [firstLine] = text.split("\n", 1);
  const language = languageOf(file === STDIN ? "-" : file, firstLine);
  return language !== undefined && !["json", "ndjson", "yaml"].includes(language.id);
}

function scriptAt(file: string, path: string): Unusable {
  const migrate = commandLine(["migrate", file === STDIN ? "-" : path]);
  const next = `\`${migrate}\` shows what becomes of the requests in it, and with --write rewrites them.`;
  return { path, message: "convert takes one request, and this is a script, a page or code", next };
}

/** A placeholder is no reason to refuse: the output may be a template, too. */
function stays(placeholders: readonly string[]): string {
  const [first, ...others] = placeholders;
  const more = others.length === 0 ? "" : ` and ${counted(others.length, "other")}`;
  const [verbs, them] =
    others.length === 0
      ? ["looks like a placeholder and stays", "it"]
      : ["look like placeholders and stay", "them"];
  return `\`${first}\`${more} ${verbs} in the output as written; fill ${them} in before the rule is used`;
}

function encoded(converted: Converted, to: TargetFormat): string | Uint8Array {
  if (to === "binary") return asBinary(converted);
  return `${asJson(converted, to === "json" ? 2 : 0)}\n`;
}

async function convertStream(args: Arguments): Promise<number> {
  const path = displayName(args.file);
  const input = args.file === STDIN ? process.stdin : readChunks(args.file);
  const totals = await convertLines(input, args.to, migrateOptions(args), {
    write: (text) => print(1, text),
    refuse: ({ line, text, refused }) => complain(placed(path, text, refused, line)),
    change: args.redact === true ? redacted : (converted) => converted,
  });
  if ("reason" in totals) return complain([{ path, ...totals }]);
  if (totals.routingChanges > 0 && !args.quiet) {
    warn(
      `${path}: this changes the routing of ${counted(totals.routingChanges, "request")} of ${grouped(totals.converted + totals.refused)}: their number filter moved between calling and called number`,
    );
  }
  if (totals.callers > 0 && !args.quiet) {
    warn(
      `${path}: ${counted(totals.callers, "request")} with callers in inbound_numbers: migrate them again with \`--inbound-numbers-as inbound_numbers\` alone`,
    );
  }
  if (totals.open > 0 && !args.quiet) {
    warn(`${path}: what looks like a placeholder stays in the output of ${counted(totals.open, "request")}`);
  }
  if (totals.refused === 0) return 0;
  print(
    2,
    `${counted(totals.converted, "request")} converted, ${grouped(totals.refused)} refused and left out.\n`,
  );
  return 3;
}

/** Refusals with their places. `line` is that of a text which is one line of a stream. */
function placed(path: string, text: string, refused: readonly Refusal[], line?: number): Unusable[] {
  const place = positions(text);
  return refused.map(({ at, message, next }) => ({
    path,
    ...place(at.start),
    ...(line !== undefined && { line }),
    message,
    next,
  }));
}

function complain(unusable: readonly Unusable[]): 3 {
  complainOf(unusable);
  return 3;
}

function warn(phrase: string): void {
  print(2, complaint("warning", `${phrase}.`));
}

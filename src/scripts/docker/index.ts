import { fragmentSyntax } from "../../sources/embedded-language.ts";
import { noValues, takeValue, readingOf } from "../variable-values.ts";
import { readJson } from "../../documents/json/read.ts";
import { linesOf } from "../../sources/lines.ts";
import { behind, lineRegion } from "../../sources/region.ts";
import type { Region, Syntax } from "../../sources/syntax.ts";
import { type IsWorth, mayHoldRequest } from "../../sources/trigger.ts";
import { baseName, pathOf, templateText } from "../../sources/partly-known.ts";
import { putIn } from "../../sources/put-in.ts";
import { wordsRegion } from "../../sources/command-words.ts";
import { type Instruction, instructionsIn } from "./instructions.ts";
import { copyFact, type Fact } from "../../sources/fact.ts";

/**
 * Dockerfiles. Regions: what `RUN`, `CMD` and `ENTRYPOINT` run, as commands, heredocs, and what holds a request of `ENV`,
 * `ARG` and `LABEL`. Files that `COPY` and `ADD`
 * take into the image are mentioned as copied.
 */
export const docker: Syntax = {
  read(text, isWorth = mayHoldRequest) {
    const reader = new Reader(text, isWorth);
    const lines = linesOf(text, { start: text.startsWith("\uFEFF") ? 1 : 0, end: text.length });
    for (const instruction of instructionsIn(text, lines)) reader.take(instruction);
    const { regions, facts, values } = reader;
    return readingOf(values, regions, facts);
  },
  wrap: () => [],
};

class Reader {
  readonly regions: Region[] = [];
  readonly facts: Fact[] = [];
  readonly values = noValues();
  readonly #text: string;
  readonly #isWorth: IsWorth;
  /** True if all commands are read: each runs by itself, and what one writes another changes. */
  readonly #isRead: boolean;
  #folder = "";
  /** The words of the last `ENTRYPOINT`, before which those of `CMD` are its arguments. */
  #entry = "";

  constructor(text: string, isWorth: IsWorth) {
    this.#text = text;
    this.#isWorth = isWorth;
    this.#isRead = isWorth(text);
  }

  take(instruction: Instruction): void {
    const { name, words, lines, heredoc } = instruction;
    if (/^(ENV|ARG|LABEL)$/.test(name) && this.#holds(instruction)) return;
    if (name === "WORKDIR") this.#folder = this.#inImage(words);
    if (name === "FROM") {
      this.#folder = "";
      this.#entry = "";
    }
    if (name === "COPY" || name === "ADD") this.#copies(instruction);
    if (!/^(RUN|CMD|ENTRYPOINT)$/.test(name)) return;
    if (words.startsWith("[")) {
      const region = this.#execForm(instruction);
      this.#add(region && name === "CMD" && this.#entry !== "" ? behind(`${this.#entry} `, region) : region);
      if (name === "ENTRYPOINT") this.#entry = region?.text ?? "";
    } else if (heredoc && /^<<-?["']?\w+["']?$/.test(words)) {
      this.#add(lineRegion("shell", name, this.#text, heredoc.body));
    } else {
      const command = [...lines, ...(heredoc?.lines ?? [])];
      this.#add(lineRegion("shell", name, this.#text, command));
    }
  }

  /**
   * Takes in an instruction that sets variables, and tells whether it holds a request. Its words are quoted like a shell's,
   * also those of `ENV NAME value`.
   */
  #holds({ words, lines }: Instruction): boolean {
    const [name = ""] = /^[\w.-]+/.exec(words) ?? [];
    const unjoined = lines.map(({ start, end }) => {
      const said = this.#text.slice(start, end);
      return { start, end: start + said.replace(/\\\s{0,50}$/, "").length };
    });
    const held = { name, lines: unjoined, joint: "", replaced: NOTHING, by: String, encode: String };
    return takeValue(this.#text, held, this.#isWorth, this.values);
  }

  /** A command begins in the folder that `WORKDIR` names. */
  #add(region: Region | undefined): void {
    if (!region || !(this.#isRead || this.#isWorth(region.text))) return;
    this.regions.push(this.#folder === "" ? region : behind(`cd ${this.#folder}\n`, region));
  }

  #copies({ words, at, heredoc }: Instruction): void {
    const isList = words.startsWith("[");
    const all = isList ? wordsIn(words) : words.split(/\s+/);
    if (all.some((word) => word.startsWith("--from"))) return;
    const files = all.filter((word) => !word.startsWith("--"));
    const to = this.#inImage(files.pop() ?? "");
    if (heredoc) {
      const body = lineRegion("", "heredoc", this.#text, heredoc.body);
      const syntax = body && fragmentSyntax(body.text, to);
      if (!body || syntax === undefined || !this.#isWorth(body.text)) return;
      this.facts.push(copyFact(at, templateText(to, VARIABLE), { region: this.regions.length }));
      this.regions.push({ ...body, syntax });
      return;
    }
    const isFolder = /\/\.?$/.test(to) || files.length > 1;
    const target = templateText(to, VARIABLE);
    for (const written of files) {
      const file = pathOf(templateText(written, VARIABLE));
      this.facts.push(copyFact(at, isFolder ? pathOf(target, baseName(file)) : target, { file }));
    }
  }

  #inImage(path: string): string {
    return path.startsWith("/") || this.#folder === "" ? path : `${this.#folder}/${path}`;
  }

  /** `["lk", "sip", …]` as the command line that it is. A request in it is a region of its own. */
  #execForm({ name, words, start, at, lines }: Instruction): Region | undefined {
    const read = readJson(words);
    if (!("value" in read) || read.value.kind !== "array") return undefined;
    const items = read.value.items.flatMap((item) => (item.kind === "string" ? item : []));
    if (items.length < read.value.items.length) return undefined;
    return wordsRegion(
      items.map((item) => {
        const end = start + item.end;
        const held = { name, lines: [{ start: start + item.start + 1, end: end - 1 }], ...IN_JSON };
        const isHeld = lines.length === 1 && takeValue(this.#text, held, this.#isWorth, this.values);
        return {
          text: isHeld ? putIn(name) : item.value,
          at: { start: Math.min(start + item.start, at.end), end: Math.min(end, at.end) },
        };
      }),
    );
  }
}

/** How a string of JSON is written. */
const IN_JSON = {
  replaced: /\\u[\da-fA-F]{4}|\\[^]/g,
  by: (escape: string) => JSON.parse(`"${escape}"`) as string,
  encode: (text: string) => JSON.stringify(text).slice(1, -1),
};

const NOTHING = /(?!)/g;
/** What Docker puts into paths. */
const VARIABLE = /\$\{\w+[^{}]*\}|\$\w+/g;

function wordsIn(list: string): string[] {
  const read = readJson(list);
  const items = "value" in read && read.value.kind === "array" ? read.value.items : [];
  return items.flatMap((item) => (item.kind === "string" ? [item.value] : []));
}

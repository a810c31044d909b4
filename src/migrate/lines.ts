import type { Deed, MadeObject } from "./deeds.ts";
import type { Made, Place } from "./evidence.ts";
import type { MentioningSource, PlacedMention } from "./mentioning.ts";
import { namedBy, type Node, nodeOf, type Nodes, type SourceNodes } from "./nodes.ts";
import { type ProgramName, programId } from "./readers.ts";
import { UntoldFiles } from "./suspects.ts";

/** A program that can be rewritten, and what each of its mentions reads; undefined where that is not sure. */
export interface KnownProgram {
  name: ProgramName;
  reads: (readonly Node[] | undefined)[];
}

/** The file as which a page shows a block, and where. */
interface Shown {
  name: string;
  place: Place;
}

/** All that the lines of the sources say, each of what it names. Copies are not followed yet. */
export class Lines {
  readonly deeds = new Map<Node, Deed[]>();
  /** The lines of a source that create rules with requests of other files. */
  readonly makes = new Map<string, Made[]>();
  readonly shown = new Map<Node, Shown>();
  /** Of what each copy is one, and the copies that do not have the keys of that. */
  readonly originals = new Map<Node, Set<Node>>();
  readonly changed = new Set<Node>();
  /** Lines that write a file from an object of their text, named by where that begins. */
  readonly makers: ProgramName[] = [];
  /** The objects of a document that are sent or written. */
  readonly objects = new Map<Node, MadeObject[]>();
  /** By `programId`. */
  readonly programs = new Map<string, KnownProgram>();
  readonly untold = new UntoldFiles();
  readonly #nodes: Nodes;

  constructor(sources: readonly MentioningSource[], nodes: Nodes) {
    this.#nodes = nodes;
    for (const source of sources) {
      const { path, documents } = source;
      const nodesHere = nodes.inSource(source);
      for (const { id, mentions, regions } of documents) {
        for (const mention of mentions) {
          const region = mention.region === undefined ? undefined : regions[mention.region];
          this.#take(mention, { path, document: id, region, nodes: nodesHere });
        }
      }
    }
  }

  #take(mention: PlacedMention, here: Here): void {
    const { does, line, file, from, given, keys, sets } = mention;
    if (does === "run" || does === "call") return;
    const { path, document, region, nodes } = here;
    const place = { path, line };
    const named = (): Node[] => (file === undefined ? [] : nodes.of(file, line, from));
    const subjects = region === undefined ? named() : [nodeOf(path, region)];
    const index = mention.program ?? (does === "write" ? mention.made?.start : undefined);
    const program = index === undefined ? undefined : { path, document, index };
    if (program && does === "write") this.makers.push(program);
    if (program && does === "read") {
      const reads = region === undefined && file !== undefined ? nodes.surelyOf(mention) : subjects;
      const known = this.programs.get(programId(program)) ?? { name: program, reads: [] };
      known.reads.push(reads);
      this.programs.set(programId(program), known);
    }
    this.untold.add(mention, path, subjects.length > 0);
    const deed = does === "copy" ? undefined : { does, place, given, keys, sets, program };
    if (mention.made && (from === undefined || from === path)) {
      const copies = mention.to === undefined ? subjects : nodes.ofCopy(mention, mention.to);
      add(this.objects, nodeOf(path, document), { at: mention.made, deeds: deed ? [deed] : [], copies });
    }
    for (const subject of subjects) {
      const { path: of } = namedBy(subject);
      if (does === "create" && region === undefined && this.#nodes.isCommitted(of)) {
        add(this.makes, path, { line, of });
      }
      if (deed) add(this.deeds, subject, deed);
      else this.#takeCopy(mention, subject, here);
    }
  }

  #takeCopy(mention: PlacedMention, subject: Node, { path, nodes }: Here): void {
    const { to, line } = mention;
    // What a wrapped copy is sent for, the original is not.
    if (to === undefined || mention.wraps) return;
    if (mention.inTurn || mention.mounted) this.shown.set(subject, { name: to, place: { path, line } });
    for (const copy of nodes.ofCopy(mention, to)) {
      if (!mention.alike) this.changed.add(copy);
      this.originals.set(copy, (this.originals.get(copy) ?? new Set<string>()).add(subject));
    }
  }
}

/** Where a mention stands, and the document of the region that it is about. */
interface Here {
  path: string;
  document: string;
  region: string | undefined;
  nodes: SourceNodes;
}

function add<T>(map: Map<string, T[]>, key: string, value: T): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}

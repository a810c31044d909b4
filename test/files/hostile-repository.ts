import { chmodSync, existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { git, put } from "./temporary.ts";

/** A repository that is set up to run a program, which leaves a file behind, whenever git is asked about it. */
export class HostileRepository {
  readonly #folder: string;
  readonly #elsewhere: string;
  readonly #canary: string;
  readonly #trap: string;

  /** `elsewhere` is a folder outside of the repository, for the program. */
  constructor(folder: string, elsewhere: string) {
    this.#folder = folder;
    this.#elsewhere = elsewhere;
    this.#canary = join(elsewhere, "canary");
    this.#trap = this.#program(put(elsewhere, "trap", ""));
  }

  /** Tells whether the program ran since this was asked last. */
  sprung(): boolean {
    const was = existsSync(this.#canary);
    rmSync(this.#canary, { force: true });
    return was;
  }

  /** Filters, hooks, pagers, aliases, editors and a file system monitor. */
  withPrograms(): void {
    put(this.#folder, ".gitattributes", "* filter=evil diff=evil merge=evil -text\n");
    const hooks = join(this.#folder, ".git/hooks");
    for (const hook of readdirSync(hooks)) this.#program(join(hooks, hook.replace(".sample", "")));
    this.#program(join(hooks, "post-index-change"));
    const asked = ["grep", "ls-files", "ls-tree", "config"];
    this.#config(
      ["core.fsmonitor", this.#trap],
      ["core.untrackedCache", "true"],
      ["filter.evil.clean", this.#trap],
      ["filter.evil.smudge", this.#trap],
      ["filter.evil.process", this.#trap],
      ["filter.evil.required", "true"],
      ["diff.evil.textconv", this.#trap],
      ["diff.evil.command", this.#trap],
      ["diff.external", this.#trap],
      ["core.pager", this.#trap],
      ...asked.map((command): [string, string] => [`pager.${command}`, this.#trap]),
      ...asked.map((command): [string, string] => [`alias.${command}`, `!${this.#trap}`]),
      ["core.editor", this.#trap],
      ["core.askPass", this.#trap],
      ["grep.fallbackToNoIndex", "true"],
    );
    this.#try("status");
  }

  /** Hooks elsewhere, named in a file that its configuration includes. */
  withHooksElsewhere(): void {
    this.#program(join(this.#elsewhere, "post-index-change"));
    const included = `[core]\n\thooksPath = ${this.#elsewhere}\n\tfsmonitor = ${this.#trap}\n`;
    this.#config(["include.path", put(this.#elsewhere, "included", included)]);
    this.#try("add", put(this.#folder, "added", ""));
    rmSync(join(this.#folder, "added"));
  }

  /** A configuration that names another kind of repository. */
  withSetting(name: string, value: string): void {
    this.#config([name, value]);
  }

  /** Without an object, which `commit:path` names, and with programs to fetch it. */
  withoutObject(name: string): void {
    const [object = ""] = git(this.#folder, "rev-parse", name).split("\n");
    rmSync(join(this.#folder, ".git/objects", object.slice(0, 2), object.slice(2)));
    this.#config(
      ["core.repositoryFormatVersion", "1"],
      ["extensions.partialClone", "origin"],
      ["remote.origin.promisor", "true"],
      ["remote.origin.url", "ssh://example.com/rules"],
      ["remote.origin.uploadpack", this.#trap],
      ["core.sshCommand", this.#trap],
      ["core.gitProxy", this.#trap],
    );
    this.#try("cat-file", "-p", object);
  }

  /** Sees to it that git, which may fail of it, runs the program. */
  #try(...words: string[]): void {
    try {
      git(this.#folder, ...words);
    } catch {
      // What matters is that the trap is set.
    }
    if (!this.sprung()) throw new Error(`git ${words[0]} runs no program`);
  }

  #config(...settings: [string, string][]): void {
    for (const [name, value] of settings) git(this.#folder, "config", name, value);
  }

  #program(path: string): string {
    writeFileSync(path, `#!/bin/sh\ntouch '${this.#canary}'\n`);
    chmodSync(path, 0o755);
    return path;
  }
}

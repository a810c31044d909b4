import { type Deeds, type PathOf, textOf } from "./call.ts";
import { type Argument, baseOf } from "./expand.ts";
import { NOTHING, textsOf } from "./stream.ts";

/** `cp a b folder/`, `mv a b`, `scp a host:b`, also with `-t folder`. */
export function copies(name: string, args: readonly Argument[], pathOf: PathOf): Deeds {
  const files: string[] = [];
  let folder: string | undefined;
  for (let at = 0; at < args.length; at++) {
    const text = textOf(args[at]);
    if (/^(-t|--target-directory)$/.test(text)) folder = textOf(args[++at]);
    else if (text.startsWith("--target-directory=")) folder = text.slice(text.indexOf("=") + 1);
    else if (name === "install" ? /^-[mog]$/.test(text) : name === "scp" && /^-[PiFlo]$/.test(text)) at++;
    else if (!text.startsWith("-")) files.push(...(args[at]?.texts ?? []));
  }
  const to = withoutHost(folder ?? files.pop() ?? "");
  const writes = files.map(withoutHost).flatMap((file) => {
    const inFolder = `${to.replace(/\/+$/, "")}/${baseOf(file)}`;
    const isFolder = folder !== undefined || files.length > 1 || /(^|\/)\.{0,2}$/.test(to);
    const targets = isFolder ? [inFolder] : baseOf(to).includes(".") ? [to] : [to, inFolder];
    return targets.map((target) => ({ from: textsOf([pathOf(file)]), to: pathOf(target) }));
  });
  return { prints: NOTHING, writes, mentions: [] };
}

/** `host:/tmp/rule.json` is known as `/tmp/rule.json` where it is used. */
function withoutHost(file: string): string {
  return file.replace(/^[\w.@{}$-]+:/, "");
}

/** `docker run -v ./rule.json:/rule.json`. */
export function mounts(args: readonly Argument[], pathOf: PathOf): Deeds {
  const writes = args.flatMap(({ texts: [text = ""] }) => {
    const [, from, to] = /^(?:--volume=)?([^:]+\.\w+):(\/[^:]+\.\w+)(?::\w+)?$/.exec(text) ?? [];
    return from !== undefined && to !== undefined ? [{ from: textsOf([pathOf(from)]), to }] : [];
  });
  return { prints: NOTHING, writes, mentions: [] };
}

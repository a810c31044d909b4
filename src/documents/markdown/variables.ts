import type { Region } from "../../sources/syntax.ts";

/** A line of a page that sets a variable to the name of a file. */
const SETS = /^[ \t>]{0,20}(?:export +)?([A-Za-z_]\w{0,50})=(["']?)([\w./-]{1,200}\.\w+)\2[ \t]*$/gm;

/** The regions of a page, in their order: its scripts with the variables that the page has set before them. */
export function withVariables(text: string, regions: readonly Region[]): readonly Region[] {
  if (!regions.some(({ syntax, text: script }) => syntax === "shell" && script.includes("$"))) return regions;
  const all = [...text.matchAll(SETS)];
  const set = new Map<string, readonly string[]>();
  let next = 0;
  return regions.map((region): Region => {
    for (let one = all[next]; one && one.index < region.toOuter(0); one = all[++next]) {
      const [, name = "", , file = ""] = one;
      set.set(name, [file]);
    }
    if (region.syntax !== "shell" || set.size === 0) return region;
    const names = new Map<string, readonly string[]>();
    for (const [, name = ""] of region.text.matchAll(/\$\{?(\w+)/g)) {
      const files = set.get(name);
      if (files) names.set(name, files);
    }
    return names.size === 0 ? region : { ...region, names };
  });
}

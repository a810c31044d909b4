import { dirname, join } from "node:path/posix";

/** The paths from the top, without endings, of the modules that Python or JavaScript at `path` may import. */
export function importsIn(text: string, path: string): string[] {
  return Array.from(text.matchAll(IMPORTS)).flatMap(([, dots = "", from, plain, file]) => {
    const folder = dirname(path);
    if (file !== undefined) return join(folder, file.replace(/\.[cm]?[jt]sx?$/, ""));
    const module = (from ?? plain ?? "").replaceAll(".", "/");
    if (dots !== "") return join(folder, "../".repeat(dots.length - 1), module);
    return [...new Set([join(folder, module), module])];
  });
}

const IMPORTS =
  /^[ \t]*(?:from[ \t]+(\.*)([\w.]*)[ \t]+import\b|import[ \t]+([\w.]+))|(?:\bfrom|\brequire\(|\bimport\()[ \t]*["'](\.{1,2}\/[\w./-]+)["']/gm;

import type { Unreadable } from "./read.ts";

export interface Skipped {
  path: string;
  why: "vendored" | "generated" | "excluded" | "link";
}
export interface ScanOptions {
  include: readonly string[];
  exclude: readonly string[];
  noIgnore: boolean;
  progress?: (looked: number) => void;
}
export interface Scan {
  candidates: string[];
  looked: number;
  skipped: Skipped[];
  ignored: string[];
  unreadable: Unreadable[];
}
export async function scanFolders(_folders: readonly string[], _options: ScanOptions): Promise<Scan> {
  return { candidates: [], looked: 0, skipped: [], ignored: [], unreadable: [] };
}

/** The files of a repository in which one of the names stands, from its top. */
export async function filesNaming(_top: string, _names: readonly string[]): Promise<string[]> {
  return [];
}

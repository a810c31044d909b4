import type { Stats } from "node:fs";
import { getSystemErrorMap } from "node:util";

const errors: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EDQUOT: "the disk quota is used up",
  EEXIST: "something else is there already",
  EISDIR: "is a directory",
  ELOOP: "is a loop of links",
  ENAMETOOLONG: "has a name that is too long",
  ENOENT: "no such file",
  ENOSPC: "the disk is full",
  ENOTDIR: "has a file where a directory should be in its path",
  EPERM: "the operating system does not permit it",
  EROFS: "is on a read-only file system",
  ERR_INVALID_ARG_VALUE: "has a name that no file can have",
};

/** The code of an error of the operating system or of Node (`ENOENT`), undefined for every other value. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

/**
 * An error of the operating system as a phrase that can follow a file's name and never holds that name.
 * Anything else is a defect of ours and is thrown again.
 */
export function errorInWords(error: unknown): string {
  const code = errorCode(error);
  if (code === undefined) throw error;
  const own = errors[code];
  if (own !== undefined) return own;
  const number = error instanceof Error && "errno" in error ? Number(error.errno) : Number.NaN;
  const system = getSystemErrorMap().get(number)?.[1];
  return system === undefined ? code : `${code}: ${system}`;
}

/**
 * Returns what something that is not a regular file is, as a phrase that can follow its name; undefined for a file.
 */
export function kindInWords(stats: Stats): string | undefined {
  if (stats.isFile()) return undefined;
  if (stats.isDirectory()) return "is a directory";
  if (stats.isFIFO()) return "is a named pipe, not a file";
  if (stats.isSocket()) return "is a socket, not a file";
  return "is a device, not a file";
}

/** A number of bytes for a person: `12 bytes`, `64 MiB`, `64.1 MiB` (rounded up, so never below a limit it exceeds). */
export function sizeInWords(bytes: number): string {
  const mebibyte = 2 ** 20;
  if (bytes < mebibyte) return `${bytes} bytes`;
  return `${bytes % mebibyte === 0 ? bytes / mebibyte : (Math.ceil((bytes / mebibyte) * 10) / 10).toFixed(1)} MiB`;
}

/** Which files of a folder are looked at. */
export interface ScanOptions {
  /** Patterns as in .gitignore, for paths from the working directory. Unless empty, files that none matches are left out. */
  include: readonly string[];
  /** Patterns of the same kind; what they match is left out. */
  exclude: readonly string[];
  /** The same, for paths from a folder, absolute. A file is included if either list of `include` says so. */
  configured?: { root: string; include: readonly string[]; exclude: readonly string[] } | undefined;
  /** Takes ignored files for files like any other. What is vendored or generated stays out. */
  noIgnore: boolean;
  /** Whether a file of this name counts; of the others nothing is said. Without it all do. */
  counts?: (name: string) => boolean;
  /** Is told from time to time how many files were looked at so far. */
  progress?: (looked: number) => void;
}

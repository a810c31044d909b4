/** Which files a config leaves out, by their printed paths; a folder's ends with `/`. */
export interface ConfiguredPatterns {
  /** Missing where it lists none to include. A file is included if this or the patterns of `include` say so. */
  includes?: (path: string) => boolean;
  excludes?: (path: string) => boolean;
}

/** Which files of a folder are looked at. */
export interface ScanOptions {
  /** Patterns as in .gitignore, for paths from the working directory. Unless empty, files that none matches are left out. */
  include: readonly string[];
  /** Patterns of the same kind; what they match is left out. */
  exclude: readonly string[];
  /** The config that counts in a folder, whose path is as it is printed. */
  configured?: ((folder: string) => ConfiguredPatterns | undefined) | undefined;
  /** Takes ignored files for files like any other. What is vendored or generated stays out. */
  noIgnore: boolean;
  /** True if a file of this name counts; of the others nothing is said. Without it all do. */
  counts?: (name: string) => boolean;
  /** Is told from time to time how many files were looked at so far. */
  progress?: (looked: number) => void;
}

/** Scripts that are known to come out wrong, by name, and why. Who mends one takes its line away. */
export const KNOWN_FAULTS: Readonly<Record<string, string>> = {
  "part-in-a-file": "a part of a rule is called wrongly nested",
};

/** Python programs that are known to come out wrong, by name, and why. */
export const KNOWN_PYTHON_FAULTS: Readonly<Record<string, string>> = {
  "file-printed-and-posted": "too careful: a key that is only printed makes a reader",
};

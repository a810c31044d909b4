/** Scripts that are known to come out wrong, by name, and why. Who mends one takes its line away. */
export const KNOWN_FAULTS: Readonly<Record<string, string>> = {
  "json-tool-checks": "too careful: no key is applied on the way",
  "part-in-a-file": "a part of a rule is called wrongly nested",
};

/** Python programs that are known to come out wrong, by name, and why. */
export const KNOWN_PYTHON_FAULTS: Readonly<Record<string, string>> = {
  "file-printed-and-posted": "too careful: a key that is only printed makes a reader",
};

/** Steps of generated scripts that are known to come out wrong, and why. */
export const KNOWN_STEPS: Readonly<Record<string, string>> = {
  "grep for a test": "a reader is not always named",
};

/** Scripts that are known to come out wrong, by name, and why. Who mends one takes its line away. */
export const KNOWN_FAULTS: Readonly<Record<string, string>> = {
  "json-tool-checks": "too careful: no key is applied on the way",
  "part-in-a-file": "a part of a rule is called wrongly nested",
  "another-script-by-environment": "what looks into a file on its way to lk is not noticed",
};

/** Python programs that are known to come out wrong, by name, and why. */
export const KNOWN_PYTHON_FAULTS: Readonly<Record<string, string>> = {
  "file-printed-and-posted": "too careful: a key that is only printed makes a reader",
  "test-double-reads-it": "a double of the client in another file is not noticed",
};

/** Steps of generated scripts that are known to come out wrong, and why. */
export const KNOWN_STEPS: Readonly<Record<string, string>> = {
  "another script sets a key": "what another script does with a file is not always noticed",
  "grep for a test": "a reader is not always named",
  "python sets a key": "a program in an argument of Python is not followed",
};

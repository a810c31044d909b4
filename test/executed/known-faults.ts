/** Scripts that are known to come out wrong, by name, and why. Who mends one takes its line away. */
export const KNOWN_FAULTS: Readonly<Record<string, string>> = {
  "awk-on-a-key": "what looks into a file on its way to lk is not noticed",
  "awk-on-a-line": "what looks into a file on its way to lk is not noticed",
  "grep-drops-a-key": "what looks into a file on its way to lk is not noticed",
  "perl-on-a-key": "what looks into a file on its way to lk is not noticed",
  "sed-inserts-after-the-brace": "what looks into a file on its way to lk is not noticed",
  "sed-on-a-key": "what looks into a file on its way to lk is not noticed",
  "sed-on-a-line": "what looks into a file on its way to lk is not noticed",
  "grep-for-a-test": "a reader that is no jq is not named",
  "jq-takes-the-rule-out": "a heredoc with a part of another request is not found",
  "part-in-a-file": "a part of a rule is called wrongly nested",
  "same-name-anywhere": "an update of a name that several files have decides one of them only",
  "another-script-by-environment": "what looks into a file on its way to lk is not noticed",
  "folder-is-copied-and-changed": "what looks into a file on its way to lk is not noticed",
  "list-of-requests-by-name": "a key that jq selects by is not noticed",
  "make-changes-a-key": "what looks into a file on its way to lk is not noticed",
  "sed-with-a-script-file": "what looks into a file on its way to lk is not noticed",
  "variable-gets-a-field": "what looks into a file on its way to lk is not noticed",
  "variable-loses-a-key": "what looks into a file on its way to lk is not noticed",
};

/** Python programs that are known to come out wrong, by name, and why. */
export const KNOWN_PYTHON_FAULTS: Readonly<Record<string, string>> = {
  "file-as-keywords": "the file migrates although the call that takes its keys needs a person",
  "file-loaded-elsewhere-and-changed": "who loads a file for another module is not noticed",
  "file-parsed-and-changed": "the file migrates although the code beside it sets flat fields",
  "file-wrapped-in-a-loop": "a file that a glob finds and code wraps is not noticed",
  "test-double-reads-it": "a double of the client in another file is not noticed",
};

/** Steps of generated scripts that are known to come out wrong, and why. */
export const KNOWN_STEPS: Readonly<Record<string, string>> = {
  "another script sets a key": "what another script does with a file is not always noticed",
  "awk of a line": "what looks into a file on its way to lk is not noticed",
  "grep for a test": "a reader that is no jq is not named",
  "python sets a key": "a program in an argument of Python is not followed",
};

// yargs and json-diff check their own arguments with this much of node:assert, which takes 4 ms to load.
function assert(value, message) {
  if (!value) throw new Error(message ?? "assertion failed");
}
assert.strictEqual = (actual, expected, message) => assert(actual === expected, message);
assert.notStrictEqual = (actual, unexpected, message) => assert(actual !== unexpected, message);
module.exports = assert;

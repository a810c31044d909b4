// In place of yargs's lib/argsert.js.
export function argsert() {}

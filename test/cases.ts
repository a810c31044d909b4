/**
 * How many generated cases a law is tried on: the number given, which is for every run of the tests, or more by hand, as
 * in `LAWS=5000 SEED=random npx vitest run test/documents --testTimeout=0`.
 */
export function cases(count: number): { numRuns: number } {
  return { numRuns: Number(process.env["LAWS"] ?? count) };
}

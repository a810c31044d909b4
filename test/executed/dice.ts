import fc from "fast-check";

/** Chooses one of several, which are not none. */
export type Dice = <T>(all: readonly T[]) => T;

/** Dice that fall the same way for the same seed. */
export const dice: fc.Arbitrary<Dice> = fc
  .array(fc.noBias(fc.nat()), { minLength: 24, maxLength: 24 })
  .map((numbers) => {
    let next = 0;
    return (all) => {
      const at = (numbers[next++ % numbers.length] ?? 0) % all.length;
      return all.slice(at, at + 1).reduce((one) => one);
    };
  });

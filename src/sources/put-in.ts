/**
 * Stands in a shell's text for what another program puts there before: make into a recipe, say. It is a variable of the
 * shell's, of a name that no script gives one: `_name_`, with `_` for all but letters and digits.
 */
export function putIn(name: string): string {
  return `\${${nameOfPutIn(name)}}`;
}

/** The name of what stands for `putIn(name)`. */
export function nameOfPutIn(name: string): string {
  return `_${name.replaceAll(/\W+/g, "_").slice(0, 40)}_`;
}

/** The name that such a variable has where its value comes from; any other name stays. */
export function nameElsewhere(name: string): string {
  return name.replace(/^_(\w+)_$/, "$1");
}

/** How such a variable begins, also where the shell does something with its value. */
export const BEGINS_PUT_IN = /^\$\{_\w*_[}:]/;

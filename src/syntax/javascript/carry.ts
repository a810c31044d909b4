import type { Carrier as CarrierOf, FileTrail } from "../source/file-trail.ts";
import type { Declaration, FunctionOf } from "./declarations.ts";
import type { Script } from "./script.ts";

export type Carrier = CarrierOf<FunctionOf>;

/** What is followed: what one file holds. */
export interface Following {
  script: Script;
  trail: FileTrail<FunctionOf>;
  /** Whether the file was loaded as a module, whose `default` is all of it. */
  isModule: boolean;
  /** Takes the brackets of the calls that write it elsewhere. */
  copied: Set<number>;
}

/** What is declared here has it, wherever it is used. */
export function named(
  { script, trail }: Following,
  declaration: Declaration,
  { raw, given }: Pick<Carrier, "raw" | "given">,
): void {
  for (const load of script.loadsOf(declaration)) trail.on({ from: load, to: load + 1, raw, given });
}

/** It stands behind this `=`: `const rule = …`, `const { name } = …`, `this.rule = …`. */
export function assigned(following: Following, carrier: Carrier): void {
  const { script, trail } = following;
  const { from } = carrier;
  const left = script.tokens[from - 2];
  if (left?.kind === "mark" && left.text === "}") return takenApart(following, left.pair, carrier);
  const declaration = declaredBefore(script, from - 1);
  if (declaration) return named(following, declaration, carrier);
  if (left?.kind !== "name") return;
  const start = script.chainStart(from - 1);
  const whole = script.slice({ from: start, to: from - 1 });
  if (!whole.includes(".")) {
    const plain = script.declarationOf(from - 2);
    return plain && named(following, plain, carrier);
  }
  // `this.config = …` and later `this.config.name`
  const length = from - 1 - start;
  for (const index of script.named(left.text)) {
    const same = { from: index - length + 1, to: index + 1 };
    if (index !== from - 2 && script.slice(same) === whole) trail.on({ ...carrier, ...same });
  }
}

/** The declaration that ends with this `=`, also behind a type. */
function declaredBefore(script: Script, equals: number): Declaration | undefined {
  for (let at = equals - 1; at > equals - 40 && at >= 0; at--) {
    const declaration = script.declarationAt(at);
    if (declaration)
      return declaration.value?.from === equals + 1 && declaration.key === undefined
        ? declaration
        : undefined;
    if (/^[;(]$/.test(script.word(at))) return undefined;
  }
  return undefined;
}

/** A function whose parameters stand here is given it, as the how manyeth. */
export function parameter(following: Following, parameters: number, index: number, carrier: Carrier): void {
  const { script } = following;
  const item = script.word(parameters) === "(" ? script.itemsOf(parameters)[index] : undefined;
  const at = item?.from ?? parameters;
  if (script.word(at) === "{") return takenApart(following, at, carrier);
  const declaration = script.declarationAt(at);
  if (declaration) named(following, declaration, carrier);
}

/** `{ trunk_ids, rule: r }` on the left, or as a parameter. */
function takenApart(following: Following, bracket: number, { raw, given }: Carrier): void {
  if (raw) return;
  const { script, trail, isModule } = following;
  const items = script.itemsOf(bracket);
  const whole = isModule ? items.find(({ from }) => script.word(from) === "default") : undefined;
  if (whole && script.word(whole.from + 1) === ":") {
    const declaration = script.declarationAt(whole.from + 2);
    return declaration && named(following, declaration, { raw, given });
  }
  const keys = items.flatMap(
    ({ from }) => script.tokens[from]?.value ?? (script.word(from) === "..." ? [] : script.word(from)),
  );
  trail.read({ from: bracket, to: script.behind(bracket) }, { given }, keys);
}

/** `.then(JSON.parse)`, `.then((text) => …)` */
export function promised(following: Following, carrier: Carrier, bracket: number): void {
  const { script, trail } = following;
  const [argument] = script.itemsOf(bracket);
  if (!argument) return;
  if (script.slice(argument) === "JSON.parse") {
    return trail.on({ ...carrier, to: script.behind(bracket), raw: false });
  }
  const one = script.functions.find(
    ({ parameters }) =>
      parameters >= argument.from && parameters < argument.to && parameters <= argument.from + 1,
  );
  if (!one) return;
  parameter(following, one.parameters, 0, carrier);
  if (script.word(one.body.from) !== "{") trail.on({ ...carrier, ...one.body });
}

/** Behind the type of an expression, of which the `as` stands here. */
export function behindType(script: Script, as: number): number {
  let at = as + 1;
  while (
    at < as + 100 &&
    at < script.tokens.length &&
    !/^([,;)}\]=]|\?\?|\|\||)$/.test(script.word(at)) &&
    !script.tokens[at]?.begins
  ) {
    at = script.behind(at);
  }
  return at;
}

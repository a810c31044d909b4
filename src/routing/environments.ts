/**
 * Words by which people call the copies of a system that never meet: stages and regions. They stand between signs in the
 * names of folders and files: `sip/prod/rule.json`, `rule.staging.json`, `eu-west-1`.
 */
const STAGES =
  /^(?:prod(?:uction)?|live|stag(?:e|ing)|stg|preprod|pre-?production|dev(?:el(?:opment)?)?|test(?:ing)?|qa|uat|int|integration|sandbox|demo|canary|local)$/i;
const REGIONS =
  /^(?:us|usa|eu|emea|apac|ap|uk|gb|de|fr|in|india|au|jp|sg|br|ca|latam|na|sa|me|af|eastus|westus|westeurope|northeurope)$|^(?:us|eu|ap|sa|ca|me|af|il)-?(?:central|east|north|south|west|northeast|southeast|northwest|southwest)-?\d?[a-z]?$/i;

/**
 * Returns the part of a path that names a stage or region, up to its end: `sip/prod` of `sip/prod/rule.json`. Undefined
 * where none does.
 */
export function namedEnvironment(path: string): string | undefined {
  const segments = path.split("/");
  const named = segments.findIndex((segment, at) => {
    const isFile = at === segments.length - 1;
    // Two letters are the name of a folder, and in that of a file they may be anything.
    return STAGES.test(segment) || (!isFile && REGIONS.test(segment)) || (isFile && hasStage(segment));
  });
  return named < 0 ? undefined : segments.slice(0, named + 1).join("/");
}

/** A stage in the name of a file, between signs. Tests of programs are called `…test…`, too. */
function hasStage(name: string): boolean {
  return name
    .split(/[.\-_]/)
    .some((word) => STAGES.test(word) && !/^(?:test(?:ing)?|int|demo|local)$/i.test(word));
}

/**
 * Returns the two folders beside each other from which two files of one name come: `sip/a` and `sip/b` of
 * `sip/a/rule.json` and `sip/b/rule.json`; undefined where they don't.
 */
export function folderPair(one: string, other: string): [string, string] | undefined {
  const [a, b] = [one.split("/"), other.split("/")];
  if (a.length !== b.length) return undefined;
  const differing = a.flatMap((segment, at) => (segment === b[at] ? [] : [at]));
  const [at] = differing;
  if (at === undefined || differing.length > 1 || at === a.length - 1) return undefined;
  return [a.slice(0, at + 1).join("/"), b.slice(0, at + 1).join("/")];
}

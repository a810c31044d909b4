import { ALL_CHECKS, checkOf } from "./index.ts";
import type { CodeLine, MigratedRequest, WrappedRequest } from "./facts.ts";
import { type Finding, findingOf } from "./finding.ts";

/** What the checks say of a request that migrates, with what is known already; in the order of the checks. */
export function findingsOfMigrated(request: MigratedRequest, known: readonly Finding[]): Finding[] {
  const found = ALL_CHECKS.flatMap((check) =>
    (check.ofMigrated?.(request) ?? []).map((said) => findingOf(check, said, request.place)),
  );
  const order = new Map(ALL_CHECKS.map(({ id }, index) => [id, index]));
  const at = ({ id }: Finding): number => order.get(id) ?? order.size;
  return [...found, ...known].toSorted((a, b) => at(a) - at(b));
}

/** What the checks say of a request that has the wrapper. */
export function findingsOfWrapped(request: WrappedRequest): Finding[] {
  return ALL_CHECKS.flatMap((check) =>
    (check.ofWrapped?.(request) ?? []).map((said) => findingOf(check, said, request.place)),
  );
}

/** What its check says of a line of code. */
export function findingOfLine(line: CodeLine): Finding | undefined {
  const { notice, document } = line;
  const check = checkOf(notice.code);
  const said = check.ofLine?.(line);
  return said && findingOf(check, said, document.place(notice.at.start));
}

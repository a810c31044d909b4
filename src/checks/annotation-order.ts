import { isAnnotation } from "../rule/annotations.ts";
import { requestField } from "../rule/fields.ts";
import type { Member, ObjectValue } from "../rule/value.ts";

/** An annotation that has to move before the first field, and the field before which its values would be put in. */
export interface Overtaking {
  annotation: Member;
  field: Member;
}

/** What is put in for placeholders, where it counts which of two comes first. */
interface Kind {
  /** In the one member. */
  is: RegExp;
  /** In the other. */
  counts: RegExp;
}

/** A conversion of printf, of awk, and of `%` in Python. Those with a name or a number (`%(a)s`, `%1$s`) have no order. */
const CONVERSION =
  /%[-+#0]{0,5}(?:\d{1,9}|\*)?(?:\.(?:\d{1,9}|\*))?(?:hh?|ll?|[Lqjzt])?[diouxXeEfFgGaAcsbqQnr]/;
/** A command or a function that is run: `$(next)`, `` `next` ``, `${next()}`, `{{ next() }}`. */
const CALL = /\$\((?![([])|`[^`]{1,1000}`|\$?\{\{[^{}]{0,1000}\(|\$\{[^{}"]{0,1000}\(/;
/** Gives a variable another value: `$((n++))`, `${n:=1}`, PowerShell's `$($n++)`. */
const ASSIGNMENT =
  /\$\([([][^)\]]{0,1000}(?:\+\+|--|(?<![=!<>])=(?!=))|\$\{\w{1,100}:?=|\$\(\$\w{1,100}(?:\+\+|--|[-+*/]?=)/;
const VARIABLE = /\$[\w({]/;

const KINDS: readonly Kind[] = [
  { is: CONVERSION, counts: CONVERSION },
  { is: CALL, counts: CALL },
  { is: ASSIGNMENT, counts: VARIABLE },
  { is: VARIABLE, counts: ASSIGNMENT },
];

/**
 * The first annotation that stands between flat fields, and so would move before them, although both hold placeholders
 * whose order counts: arguments of a format, commands, a counter. Undefined where none does. Takes linear time.
 */
export function overtakingIn(text: string, { members }: ObjectValue): Overtaking | undefined {
  const passed = new Map<Kind, Member>();
  if (!members.some(({ key }) => isAnnotation(key))) return undefined;
  const last = members.findLastIndex(({ key }) => requestField(key) !== undefined);
  for (const member of members.slice(0, last)) {
    const written = text.slice(member.at.start, member.value.end);
    if (!isAnnotation(member.key)) {
      for (const kind of KINDS) if (!passed.has(kind) && kind.counts.test(written)) passed.set(kind, member);
      continue;
    }
    for (const [kind, field] of passed) {
      if (kind.is.test(written)) return { annotation: member, field };
    }
  }
  return undefined;
}

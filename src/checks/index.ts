import type { Check } from "./check.ts";
import { agentNameInAttributes } from "./agent-name-in-attributes.ts";
import { barredTrunks } from "./barred-trunks.ts";
import { bareForCreate } from "./bare-for-create.ts";
import { bothSpellings } from "./both-spellings.ts";
import { callerAsOwnNumber } from "./caller-as-own-number.ts";
import { cloudUnverified } from "./cloud-unverified.ts";
import { commentRefused } from "./comment-refused.ts";
import { conflictingEvidence } from "./conflicting-evidence.ts";
import { deadRule } from "./dead-rule.ts";
import { defect } from "./defect.ts";
import { deleteRefusesId } from "./delete-refuses-id.ts";
import { deprecatedCreateMethod } from "./deprecated-create-method.ts";
import { deprecatedMediaEncryption } from "./deprecated-media-encryption.ts";
import { encoding } from "./encoding.ts";
import { exists } from "./exists.ts";
import { flagsDropFile } from "./flags-drop-file.ts";
import { flatForm } from "./flat-form.ts";
import { fromFile } from "./from-file.ts";
import { idSet } from "./id-set.ts";
import { io } from "./io.ts";
import { keptAsCallers } from "./kept-as-callers.ts";
import { liveRule } from "./live-rule.ts";
import { lkRefuses } from "./lk-refuses.ts";
import { mediaLost } from "./media-lost.ts";
import { metadataNotJson } from "./metadata-not-json.ts";
import { missingRule } from "./missing-rule.ts";
import { mixedForm } from "./mixed-form.ts";
import { mixedNumbers } from "./mixed-numbers.ts";
import { narrowedRights } from "./narrowed-rights.ts";
import { needsNewer } from "./needs-newer.ts";
import { needsVersions } from "./needs-versions.ts";
import { nested } from "./nested.ts";
import { newerField } from "./newer-field.ts";
import { noAgent } from "./no-agent.ts";
import { noRule } from "./no-rule.ts";
import { notJson } from "./not-json.ts";
import { notYaml } from "./not-yaml.ts";
import { numberNeverMatches } from "./number-never-matches.ts";
import { oldExample } from "./old-example.ts";
import { overlap } from "./overlap.ts";
import { ownNumberAsCaller } from "./own-number-as-caller.ts";
import { placeholderOrder } from "./placeholder-order.ts";
import { readOnly } from "./read-only.ts";
import { reader } from "./reader.ts";
import { readsInboundNumbers } from "./reads-inbound-numbers.ts";
import { repeatedKey } from "./repeated-key.ts";
import { routingChange } from "./routing-change.ts";
import { sdkTooOld } from "./sdk-too-old.ts";
import { sdkVersions } from "./sdk-versions.ts";
import { selfConflict } from "./self-conflict.ts";
import { sdkIgnoresOption } from "./sdk-ignores-option.ts";
import { serverTooOld } from "./server-too-old.ts";
import { silenced } from "./silenced.ts";
import { spelledOtherwise } from "./spelled-otherwise.ts";
import { stale } from "./stale.ts";
import { templateInRoomName } from "./template-in-room-name.ts";
import { toldByTrunks } from "./told-by-trunks.ts";
import { tooDeep } from "./too-deep.ts";
import { tooLarge } from "./too-large.ts";
import { trunkAndRuleContradict } from "./trunk-and-rule-contradict.ts";
import { trunksBound } from "./trunks-bound.ts";
import { unclearUse } from "./unclear-use.ts";
import { uncommitted } from "./uncommitted.ts";
import { unfollowedUse } from "./unfollowed-use.ts";
import { unknownDestination } from "./unknown-destination.ts";
import { unknownLkFlag } from "./unknown-lk-flag.ts";
import { unknownField } from "./unknown-field.ts";
import { unknownFields } from "./unknown-fields.ts";
import { unknownImport } from "./unknown-import.ts";
import { unknownTrunk } from "./unknown-trunk.ts";
import { unparsable } from "./unparsable.ts";
import { unparsableRegion } from "./unparsable-region.ts";
import { unsupportedLanguage } from "./unsupported-language.ts";
import { unsupportedYaml } from "./unsupported-yaml.ts";
import { updateDropsNumbers } from "./update-drops-numbers.ts";
import { updateEvidence } from "./update-evidence.ts";
import { versionSniffing } from "./version-sniffing.ts";
import { wildcardRule } from "./wildcard-rule.ts";
import { wrappedForUpdate } from "./wrapped-for-update.ts";
import { wrongNesting } from "./wrong-nesting.ts";
import { wrongType } from "./wrong-type.ts";

/** Every finding and every reason that needs a person: the one list. docs/findings.md explains each. */
const CHECKS = [
  flatForm,
  // What comes with a migration, in the order in which it is said.
  keptAsCallers,
  routingChange,
  toldByTrunks,
  spelledOtherwise,
  ownNumberAsCaller,
  callerAsOwnNumber,
  numberNeverMatches,
  selfConflict,
  unknownTrunk,
  trunkAndRuleContradict,
  wildcardRule,
  overlap,
  deadRule,
  templateInRoomName,
  noAgent,
  agentNameInAttributes,
  metadataNotJson,
  deprecatedMediaEncryption,
  mediaLost,
  needsNewer,
  needsVersions,
  cloudUnverified,
  sdkVersions,
  newerField,
  trunksBound,
  flagsDropFile,
  wrappedForUpdate,
  bareForCreate,
  unfollowedUse,
  unknownFields,
  unknownImport,
  versionSniffing,
  unknownDestination,
  unsupportedLanguage,
  deprecatedCreateMethod,
  reader,
  liveRule,
  lkRefuses,
  commentRefused,
  narrowedRights,
  // A request that is not safe to touch.
  unknownField,
  bothSpellings,
  repeatedKey,
  wrongType,
  wrongNesting,
  mixedForm,
  missingRule,
  idSet,
  mixedNumbers,
  serverTooOld,
  sdkTooOld,
  barredTrunks,
  placeholderOrder,
  nested,
  oldExample,
  conflictingEvidence,
  unclearUse,
  updateEvidence,
  fromFile,
  silenced,
  // What can't be read.
  noRule,
  unsupportedYaml,
  unparsableRegion,
  notJson,
  notYaml,
  unparsable,
  tooDeep,
  encoding,
  tooLarge,
  io,
  // What was not written.
  stale,
  readOnly,
  uncommitted,
  exists,
  defect,
  // Code that is no request.
  readsInboundNumbers,
  updateDropsNumbers,
  deleteRefusesId,
  unknownLkFlag,
  sdkIgnoresOption,
] as const;

/** The id of a check. */
export type CheckId = (typeof CHECKS)[number]["id"];

/** The id of a check that is also a reason of an outcome. */
export type ReasonId = Extract<(typeof CHECKS)[number], { isReason: true }>["id"];

/** The id of a check that makes its sentence of data. */
export type SayingId = Extract<(typeof CHECKS)[number], { say: unknown }>["id"];

/** All checks. What is said of one request stands in this order. */
export const ALL_CHECKS: readonly Check[] = CHECKS;

const BY_ID: ReadonlyMap<string, Check> = new Map(CHECKS.map((one) => [one.id, one]));

/** The check with this id; undefined for what is no id. */
export function checkNamed(id: string): Check | undefined {
  return BY_ID.get(id);
}

/** The check with this id. */
export function checkOf(id: CheckId): Check {
  const known = BY_ID.get(id);
  if (!known) throw new Error(`no check is called ${id}`);
  return known;
}

import { isIPv4, isIPv6 } from "node:net";

/** An IP address as Go's net/netip holds it: 4 or 16 bytes. An IPv4 address is none of its IPv6 forms. */
interface Address {
  bytes: number[];
  zone: string;
}

/**
 * Whether a trunk's `allowed_addresses` admit a call. Masks that are no address, prefix or host name are
 * dropped; when none is left, or the source is no IP address, every call passes.
 * Source: protocol sip/sip.go at v1.50.4, matchAddrMasks.
 */
export function admitsAddress(masks: readonly string[], sourceIp: string, fromHost: string): boolean {
  const source = parseAddress(sourceIp);
  if (!source) return true;
  const valid = masks.filter((mask) => !/[()+*;, \t\n\r]|:\/\//.test(mask));
  return valid.length === 0 || valid.some((mask) => mask === fromHost || covers(mask, source));
}

/** Source: net/netip ParsePrefix and Prefix.Contains: no zones on either side, no other family. */
function covers(mask: string, source: Address): boolean {
  const slash = mask.lastIndexOf("/");
  if (slash === -1) {
    const address = parseAddress(mask);
    return address !== undefined && address.zone === source.zone && sameBits(address, source, 128);
  }
  const address = parseAddress(mask.slice(0, slash));
  const length = mask.slice(slash + 1);
  if (!address || address.zone !== "" || source.zone !== "" || !/^(0|[1-9]\d{0,2})$/.test(length))
    return false;
  return Number(length) <= address.bytes.length * 8 && sameBits(address, source, Number(length));
}

function sameBits(a: Address, b: Address, bits: number): boolean {
  if (a.bytes.length !== b.bytes.length) return false;
  return a.bytes.every((byte, at) => {
    const ignored = Math.min(8, Math.max(0, (at + 1) * 8 - bits));
    return byte >> ignored === (b.bytes[at] ?? 0) >> ignored;
  });
}

/** Source: net/netip ParseAddr. */
function parseAddress(text: string): Address | undefined {
  if (isIPv4(text)) return { bytes: text.split(".").map(Number), zone: "" };
  const [, address = "", zone] = /^([^%]*)(?:%(.+))?$/s.exec(text) ?? [];
  return isIPv6(address) ? { bytes: bytesOfIPv6(address), zone: zone ?? "" } : undefined;
}

function bytesOfIPv6(address: string): number[] {
  const [head = "", tail] = address.split("::");
  const [first, last] = [bytesOfGroups(head), bytesOfGroups(tail ?? "")];
  return [...first, ...Array.from({ length: 16 - first.length - last.length }, () => 0), ...last];
}

function bytesOfGroups(groups: string): number[] {
  if (groups === "") return [];
  return groups.split(":").flatMap((group) => {
    if (group.includes(".")) return group.split(".").map(Number);
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 0xff];
  });
}

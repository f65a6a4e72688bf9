import { BlockList, isIPv4, isIPv6 } from "node:net";
import { FILES } from "../tab/files.ts";
import type { MailRoot } from "./root.ts";
import { leadingNumber, recordsOf } from "./table-text.ts";

/** Whether ctrl.ipmap.tab lets this peer in: the matching line of the highest precedence decides, then the later. */
export async function isAllowed(root: MailRoot, peer: string): Promise<boolean> {
  const text = await root.read(FILES.ctrlIpMap.path);
  let allowed = true;
  let highest = Number.NEGATIVE_INFINITY;
  for (const [address, mask, verdict, precedence] of recordsOf(text ?? "", FILES.ctrlIpMap)) {
    if (address === undefined || mask === undefined || verdict === undefined || precedence === undefined)
      continue;
    const rank = leadingNumber(precedence);
    if (rank < highest || !isIn(peer, address, mask)) continue;
    highest = rank;
    allowed = verdict.toUpperCase() === "ALLOW";
  }
  return allowed;
}

function isIn(peer: string, address: string, mask: string): boolean {
  const [net = "", bits] = address.split("/");
  if (bits !== undefined) return isInNet(peer, net, Number(bits));
  if (!isIPv4(peer) || !isIPv4(net) || !isIPv4(mask)) return false;
  return (numberOf(peer) & numberOf(mask)) >>> 0 === (numberOf(net) & numberOf(mask)) >>> 0;
}

function isInNet(peer: string, net: string, bits: number): boolean {
  const list = new BlockList();
  if (isIPv4(net) && isIPv4(peer) && bits >= 0 && bits <= 32) {
    list.addSubnet(net, bits, "ipv4");
    return list.check(peer, "ipv4");
  }
  if (!isIPv6(net) || !(bits >= 0 && bits <= 128)) return false;
  list.addSubnet(net, bits, "ipv6");
  return list.check(isIPv4(peer) ? `::ffff:${peer}` : peer, "ipv6");
}

function numberOf(address: string): number {
  return address.split(".").reduce((number, part) => (number * 256 + Number(part)) >>> 0, 0);
}

import { createSocket } from "node:dgram";

/** Answers questions for TXT from a map: enough of RFC 1035 for a resolver. */
export async function startDns() {
  const socket = createSocket("udp4");
  const records = new Map<string, string>();
  socket.on("message", (query, from) => {
    const labels: string[] = [];
    let at = 12;
    for (; query[at]; at += query[at]! + 1) labels.push(query.toString("latin1", at + 1, at + 1 + query[at]!));
    const question = query.subarray(12, at + 5);
    const text = records.get(labels.join(".").toLowerCase());
    const head = Buffer.from(query.subarray(0, 12));
    head.writeUInt16BE(text === undefined ? 0x8183 : 0x8180, 2);
    head.writeUInt16BE(text === undefined ? 0 : 1, 6);
    head.writeUInt32BE(0, 8);
    const data = Buffer.from(text ?? "");
    const answer = Buffer.concat([Buffer.from("c00c00100001000000000000", "hex"), Buffer.from([data.length]), data]);
    answer.writeUInt16BE(data.length + 1, 10);
    socket.send(Buffer.concat([head, question, ...(text === undefined ? [] : [answer])]), from.port, from.address);
  });
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  return { socket, records };
}

export interface PemBlock {
  type: string;
  bytes: Uint8Array;
}

/** The PEM blocks of a text, as Go's `pem.Decode` finds them; what is no block is passed over. */
export function pemBlocks(text: string): PemBlock[] {
  const blocks: PemBlock[] = [];
  const pattern = /(?:^|\n)-----BEGIN ([^\n]*?)-----[ \t]*\r?\n([\s\S]*?)(?:^|\n)-----END \1-----[ \t]*\r?(?=\n|$)/g;
  for (const [, type, body] of text.matchAll(pattern)) {
    const bytes = base64((body ?? "").replace(/^(?:[^\n:]+:[^\n]*\r?\n)+\r?\n?/, ""));
    if (bytes) blocks.push({ type: type ?? "", bytes });
  }
  return blocks;
}

function base64(text: string): Uint8Array | null {
  const compact = text.replace(/\s/g, "");
  if (compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(compact)) return null;
  return Uint8Array.from(atob(compact), (char) => char.charCodeAt(0));
}

/** Whether the bytes have the outline of an X.509 certificate: a sequence of two sequences and a bit string. */
export function isCertificate(bytes: Uint8Array): boolean {
  const outer = element(bytes, 0);
  if (outer?.tag !== 0x30 || outer.end !== bytes.length) return false;
  const body = element(bytes, outer.start);
  const algorithm = body && element(bytes, body.end);
  const signature = algorithm && element(bytes, algorithm.end);
  return body?.tag === 0x30 && algorithm?.tag === 0x30 && signature?.tag === 0x03 && signature.end === outer.end;
}

/** One DER element: where its content starts and ends; `null` when it does not fit. */
function element(bytes: Uint8Array, at: number): { tag: number; start: number; end: number } | null {
  const [tag, first] = [bytes[at], bytes[at + 1]];
  if (tag === undefined || first === undefined) return null;
  let length = first;
  let start = at + 2;
  if (first & 0x80) {
    const count = first & 0x7f;
    if (count === 0 || count > 4 || start + count > bytes.length) return null;
    length = 0;
    for (let index = 0; index < count; index++) length = length * 256 + bytes[start + index]!;
    start += count;
  }
  return start + length <= bytes.length ? { tag, start, end: start + length } : null;
}

/** What Go says of a certificate and key that do not make a pair, as far as their form shows it; `null` when it does not. */
export function keyPairProblem(certificate: string, key: string): string | null {
  const found = pemBlocks(certificate);
  const chain = found.filter(({ type }) => type === "CERTIFICATE");
  const skipped = (blocks: readonly PemBlock[]) => `[${blocks.map(({ type }) => type).join(" ")}]`;
  if (found.length === 0) return "tls: failed to find any PEM data in certificate input";
  if (chain.length === 0) {
    return found.length === 1 && found[0]!.type.endsWith("PRIVATE KEY")
      ? "tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched"
      : `tls: failed to find "CERTIFICATE" PEM block in certificate input after skipping PEM blocks of the following types: ${skipped(found)}`;
  }
  const keys = pemBlocks(key);
  if (keys.length === 0) return "tls: failed to find any PEM data in key input";
  if (!keys.some(({ type }) => type === "PRIVATE KEY" || type.endsWith(" PRIVATE KEY"))) {
    return keys.length === 1 && keys[0]!.type === "CERTIFICATE"
      ? "tls: found a certificate rather than a key in the PEM for the private key"
      : `tls: failed to find PEM block with type ending in "PRIVATE KEY" in key input after skipping PEM blocks of the following types: ${skipped(keys)}`;
  }
  return isCertificate(chain[0]!.bytes) ? null : "x509: malformed certificate";
}

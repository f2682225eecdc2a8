import { md5 } from "@noble/hashes/legacy.js";

/** What `alertmanager_config_hash` shows for these bytes: the first 6 of their MD5, little endian. */
export function configHash(text: string | Uint8Array): number {
  const digest = md5(typeof text === "string" ? new TextEncoder().encode(text) : text);
  let hash = 0;
  for (let index = 5; index >= 0; index--) hash = hash * 256 + (digest[index] ?? 0);
  return hash;
}

import type { Algorithm, ProviderName } from "../contract";

/** A key-encryption key: its name, never its bytes. */
export interface Kek {
  version: number;
  provider: ProviderName;
  keyId: string;
  algorithm: Algorithm;
}

/** Who keeps key-encryption keys. What it wraps is bound to `context`; other bytes or another context do not open. */
export interface KeyProvider {
  /** Makes the key of this version, or takes the one that lies ready for it; returns its id. */
  generate(version: number, algorithm: Algorithm): Promise<string>;
  wrap(kek: Kek, bytes: Uint8Array, context: string): Promise<Buffer<ArrayBuffer>>;
  unwrap(kek: Kek, wrapped: Uint8Array, context: string): Promise<Buffer>;
  /** Throws an AppError without a path or an address in it unless the key can be used now; asks anew, remembers nothing. */
  health(kek: Kek): Promise<void>;
  /** What it makes other than our own algorithms is up to it. */
  algorithm?: Algorithm;
  /** How many calls at once are sensible. */
  concurrency: number;
  /** How many tenants' keys readiness may try with it each time. */
  tries: number;
}

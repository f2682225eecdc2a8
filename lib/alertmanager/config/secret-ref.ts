/** A sealed secret as it stands in a `Config` and in YAML: `secret://<uuid>/<version>`. Never the value. */
export type SecretRef = `secret://${string}/${number}`;

const PATTERN = /^secret:\/\/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\/([1-9][0-9]{0,8})$/;

export function isSecretRef(value: unknown): value is SecretRef {
  return typeof value === "string" && PATTERN.test(value);
}

/** The parts of a reference, or `null` when `value` is none. */
export function parseSecretRef(value: unknown): { id: string; version: number } | null {
  const match = typeof value === "string" ? PATTERN.exec(value) : null;
  return match ? { id: match[1]!, version: Number(match[2]) } : null;
}

export function secretRef(id: string, version: number): SecretRef {
  return `secret://${id}/${version}`;
}

/** What sealing records of a value, so that browser and server judge alike without it. */
export interface SecretFacts {
  kind: "secret" | "secretUrl" | "secretTemplateUrl";
  /** False when the value would be refused (a URL without host, say); `problem` is upstream's text. */
  valid: boolean;
  problem?: string;
  scheme?: string;
  host?: string;
  templated: boolean;
  setAt: string;
  /** Display name of the person; absent once erased. */
  setBy?: string;
}
export type SecretFactsByRef = Readonly<Record<string, SecretFacts>>;

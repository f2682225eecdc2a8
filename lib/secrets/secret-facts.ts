import type { SecretFacts } from "@/lib/alertmanager/config/secret-ref";

export type SecretKind = SecretFacts["kind"];
export type RecordedFacts = Omit<SecretFacts, "setAt" | "setBy">;

/** What checks need to know of a value, recorded before it is sealed. Mirrors upstream's SecretURL.UnmarshalYAML. */
export function recordFacts(kind: SecretKind, value: string): RecordedFacts {
  const templated = value.includes("{{");
  if (kind === "secret" || (kind === "secretTemplateUrl" && templated)) return { kind, valid: true, templated };
  const url = URL.canParse(value) ? new URL(value) : null;
  const scheme = url?.protocol.slice(0, -1) ?? "";
  if (scheme !== "http" && scheme !== "https") {
    return { kind, valid: false, problem: `unsupported scheme "${scheme}" for URL`, templated };
  }
  if (!url?.host) return { kind, valid: false, problem: "missing host for URL", templated };
  return { kind, valid: true, scheme, host: url.host, templated };
}

import { isSecretRef } from "../config/secret-ref";
import type { Json, JsonObject, Path } from "../config/types";
import { isObject, isSet, textOf } from "./context";
import type { DiagnosticCode } from "./diagnostic-codes";
import { isCertificate, keyPairProblem, pemBlocks } from "./pem";

/** Why an HTTP client cannot be built; `path` starts at the `http_config`. */
export interface TransportProblem {
  code: DiagnosticCode;
  path: Path;
  params: Record<string, string>;
  upstream: string;
}

/** Contents of files on the target: `undefined` where nobody knows, `null` where there is none. */
export type ReadFile = (path: string) => string | null | undefined;

const NO_MANAGER = "cannot use secret ref without manager";
const TLS_ORDER = ["TLS10", "TLS11", "TLS12", "TLS13"];

/** What the real program finds when it builds a client from the block: one problem, as it stops there. */
export function transportProblem(http: JsonObject, read: ReadFile): TransportProblem | null {
  const tls = isObject(http.tls_config) ? tlsProblem(http.tls_config, read) : null;
  if (tls) return { ...tls, path: ["tls_config", ...tls.path] };
  const { authorization, basic_auth: basic, oauth2 } = http;
  if (isObject(authorization)) {
    const problem = refProblem(authorization, "credentials", "unable to use credentials");
    if (problem) return { ...problem, path: ["authorization", ...problem.path] };
  }
  if (isObject(basic)) {
    const problem =
      refProblem(basic, "username", "unable to use username") ??
      refProblem(basic, "password", "unable to use password");
    if (problem) return { ...problem, path: ["basic_auth", ...problem.path] };
  }
  if (!isObject(oauth2)) return null;
  const problem =
    oauth2.grant_type === "urn:ietf:params:oauth:grant-type:jwt-bearer"
      ? refProblem(oauth2, "client_certificate_key", "unable to use client certificate")
      : refProblem(oauth2, "client_secret", "unable to use client secret");
  return problem && { ...problem, path: ["oauth2", ...problem.path] };
}

function refProblem(value: JsonObject, key: string, words: string): TransportProblem | null {
  const ref = `${key}_ref`;
  if (!isSet(value[ref]) || isSet(value[key]) || isSet(value[`${key}_file`])) return null;
  return { code: "secret_ref_unsupported", path: [ref], params: { key: ref }, upstream: `${words}: ${NO_MANAGER}` };
}

/** The same for a `tls_config` alone; `path` starts there. */
export function tlsProblem(tls: JsonObject, read: ReadFile): TransportProblem | null {
  const [min, max] = [tls.min_version, tls.max_version].map((version) => TLS_ORDER.indexOf(textOf(version)));
  if (min! >= 0 && max! >= 0 && max! < min!) {
    const upstream =
      "tls_config.max_version must be greater than or equal to tls_config.min_version if both are specified";
    return { code: "tls_version_order", path: ["max_version"], params: {}, upstream };
  }
  const ca = material(tls, "ca", read, "unable to use CA cert", "unable to read CA cert");
  if (ca && "code" in ca) return ca;
  if (ca?.text !== undefined && !pemBlocks(ca.text).some((block) => isUsable(block))) {
    const upstream = `unable to use specified CA cert ${ca.described}`;
    return { code: "tls_unusable", path: [ca.key], params: { key: ca.key, reason: "no certificate in it" }, upstream };
  }
  const cert = material(tls, "cert", read, "unable to use client cert", "unable to read specified client cert");
  const key = material(tls, "key", read, "unable to use client key", "unable to read specified client key");
  if (!cert || !key) return null;
  if ("code" in cert) return cert;
  if ("code" in key) return key;
  if (cert.text === undefined || key.text === undefined) return null;
  const reason = keyPairProblem(cert.text, key.text);
  if (!reason) return null;
  const upstream = `unable to use specified client cert (${cert.described}) & key (${key.described}): ${reason}`;
  return { code: "tls_unusable", path: [cert.key], params: { key: cert.key, reason }, upstream };
}

function isUsable({ type, bytes }: { type: string; bytes: Uint8Array }): boolean {
  return type === "CERTIFICATE" && isCertificate(bytes);
}

interface Material {
  key: string;
  /** `undefined` where nobody knows what the file holds, or the value is sealed. */
  text: string | undefined;
  described: string;
}

function material(
  tls: JsonObject,
  key: string,
  read: ReadFile,
  unusable: string,
  unreadable: string,
): Material | TransportProblem | null {
  if (isSet(tls[key])) {
    const text = textOf(tls[key] as Json);
    return { key, text: isSecretRef(text) || text === "<secret>" ? undefined : text, described: "inline" };
  }
  const file = `${key}_file`;
  if (isSet(tls[file])) {
    const path = textOf(tls[file]);
    const text = read(path);
    const shown = placeOf(path);
    if (text === null) {
      const upstream = `${unreadable}: unable to read file ${shown}: open ${shown}: no such file or directory`;
      return { code: "file_missing", path: [file], params: { key: file, value: path }, upstream };
    }
    return { key: file, text, described: `file ${shown}` };
  }
  const ref = `${key}_ref`;
  if (!isSet(tls[ref])) return null;
  return { code: "secret_ref_unsupported", path: [ref], params: { key: ref }, upstream: `${unusable}: ${NO_MANAGER}` };
}

/** A relative path is joined to the folder of the configuration, whose name is not known here. */
export function placeOf(path: string): string {
  return path.startsWith("/") ? path : `<DIR>/${path.replace(/^(?:\.\/+)+/, "")}`;
}

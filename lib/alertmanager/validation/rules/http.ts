import type { JsonObject } from "../../config/types";
import { goQuote } from "../../go/quote";
import { type Context, isObject, isSet, textOf } from "../context";

const RESERVED_HEADERS = new Set([
  "Authorization",
  "Host",
  "Content-Encoding",
  "Content-Length",
  "Content-Type",
  "User-Agent",
  "Connection",
  "Keep-Alive",
  "Proxy-Authenticate",
  "Proxy-Authorization",
  "Www-Authenticate",
  "Accept-Encoding",
  "X-Prometheus-Remote-Write-Version",
  "X-Prometheus-Remote-Read-Version",
  "X-Prometheus-Scrape-Timeout-Seconds",
  "X-Amz-Date",
  "X-Amz-Security-Token",
  "X-Amz-Content-Sha256",
]);

/** Go's `CanonicalMIMEHeaderKey`. */
export function canonicalHeader(name: string): string {
  if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name)) return name;
  return name.toLowerCase().replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase());
}

function count(value: JsonObject, ...keys: string[]): number {
  return keys.filter((key) => isSet(value[key])).length;
}

/** Whether the block ends up with `authorization`, which bearer tokens are turned into. */
export function hasAuthorization(http: unknown): boolean {
  if (!isObject(http)) return false;
  return isObject(http.authorization) || count(http, "bearer_token", "bearer_token_file") > 0;
}

export function checkHttpConfig(context: Context, value: JsonObject) {
  const bearer = count(value, "bearer_token", "bearer_token_file");
  const basic = isObject(value.basic_auth);
  const oauth2 = isObject(value.oauth2);
  const authorization = isObject(value.authorization);
  if (bearer > 1) exclusive(context, ["bearer_token", "bearer_token_file"], "bearer_token & bearer_token_file");
  const conflict = (upstream: string) => context.report("authorization_conflict", { upstream });
  if ((basic || oauth2) && bearer > 0) {
    conflict("at most one of basic_auth, oauth2, bearer_token & bearer_token_file must be configured");
  }
  if (authorization && bearer > 0) conflict("authorization is not compatible with bearer_token & bearer_token_file");
  if ((authorization && (basic || oauth2)) || (oauth2 && basic)) {
    conflict("at most one of basic_auth, oauth2 & authorization must be configured");
  }
  checkProxy(context, value);
  if (!isObject(value.http_headers)) return;
  for (const name of Object.keys(value.http_headers)) {
    const canonical = canonicalHeader(name);
    if (!RESERVED_HEADERS.has(canonical)) continue;
    const upstream = `setting header ${goQuote(canonical)} is not allowed`;
    context.report("header_not_allowed", { params: { name }, upstream }, "http_headers", name);
  }
}

export function checkBasicAuth(context: Context, value: JsonObject) {
  for (const key of ["username", "password"]) {
    const keys = [key, `${key}_file`, `${key}_ref`];
    if (count(value, ...keys) > 1) exclusive(context, keys, `basic_auth ${key}, ${key}_file & ${key}_ref`);
    refUnsupported(context, value, `${key}_ref`);
  }
}

export function checkAuthorization(context: Context, value: JsonObject) {
  const keys = ["credentials", "credentials_file", "credentials_ref"];
  if (count(value, ...keys) > 1) exclusive(context, keys, "authorization credentials & credentials_file");
  if (textOf(value.type).trim().toLowerCase() === "basic") {
    const upstream = 'authorization type cannot be set to "basic", use "basic_auth" instead';
    context.report("authorization_basic", { upstream }, "type");
  }
  refUnsupported(context, value, "credentials_ref");
}

export function checkOAuth2(context: Context, value: JsonObject) {
  for (const key of ["client_id", "token_url"]) {
    if (isSet(value[key])) continue;
    context.report("missing_required", { params: { key }, upstream: `oauth2 ${key} must be configured` }, key);
  }
  const jwt = value.grant_type === "urn:ietf:params:oauth:grant-type:jwt-bearer";
  const secret = jwt ? "client_certificate_key" : "client_secret";
  const keys = [secret, `${secret}_file`, `${secret}_ref`];
  if (count(value, ...keys) > 1) {
    const grant = jwt ? "urn:ietf:params:oauth:grant-type:jwt-bearer" : "client_credentials";
    exclusive(context, keys, `oauth2 ${keys[0]}, ${keys[1]} & ${keys[2]}`, ` using grant-type=${grant}`);
  }
  const algorithm = textOf(value.signature_algorithm);
  if (jwt && algorithm !== "" && !["RS256", "RS384", "RS512"].includes(algorithm)) {
    const upstream = "valid signature algorithms are RS256, RS384 and RS512";
    context.report("oauth2_signature_algorithm", { upstream }, "signature_algorithm");
  }
  refUnsupported(context, value, "client_secret_ref");
  refUnsupported(context, value, "client_certificate_key_ref");
  checkProxy(context, value);
}

export function checkTls(context: Context, value: JsonObject) {
  for (const key of ["ca", "cert"]) {
    const keys = [key, `${key}_file`, `${key}_ref`];
    if (count(value, ...keys) > 1) exclusive(context, keys, `${key}, ${key}_file & ${key}_ref`);
  }
  if (count(value, "key", "key_file", "key_ref") > 1) exclusive(context, ["key", "key_file"], "key and key_file");
  const cert = count(value, "cert", "cert_file", "cert_ref") > 0;
  const key = count(value, "key", "key_file", "key_ref") > 0;
  if (cert && !key) {
    const upstream = "exactly one of key or key_file must be configured when a client certificate is configured";
    context.report("tls_pair", { upstream });
  } else if (key && !cert) {
    const upstream = "exactly one of cert or cert_file must be configured when a client key is configured";
    context.report("tls_pair", { upstream });
  }
  for (const ref of ["ca_ref", "cert_ref", "key_ref"]) refUnsupported(context, value, ref);
}

function checkProxy(context: Context, value: JsonObject) {
  const url = isSet(value.proxy_url);
  const environment = value.proxy_from_environment === true;
  const connect = isObject(value.proxy_connect_header) && Object.keys(value.proxy_connect_header).length > 0;
  const problem = (upstream: string) => context.report("proxy_conflict", { params: { reason: upstream }, upstream });
  if (connect && !environment && !url) {
    problem("if proxy_connect_header is configured, proxy_url or proxy_from_environment must also be configured");
  }
  if (environment && url) problem("if proxy_from_environment is configured, proxy_url must not be configured");
  if (environment && isSet(value.no_proxy)) {
    problem("if proxy_from_environment is configured, no_proxy must not be configured");
  } else if (!url && isSet(value.no_proxy)) {
    problem("if no_proxy is configured, proxy_url must also be configured");
  }
}

function exclusive(context: Context, keys: string[], words: string, ending = "") {
  const upstream = `at most one of ${words} must be configured${ending}`;
  context.report("mutually_exclusive", { params: { keys: keys.join(", ") }, upstream }, keys[1]!);
}

function refUnsupported(context: Context, value: JsonObject, key: string) {
  if (!isSet(value[key])) return;
  // Fails only at reload, and only when the receiver is used; there is no case where it works.
  context.report("secret_ref_unsupported", { severity: "warning", stage: "reload", params: { key } }, key);
}

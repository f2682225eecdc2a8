import type { JsonObject } from "../../config/types";
import { canonicalHeader } from "../../go/header";
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

function hasEntries(value: unknown): boolean {
  return isObject(value) && Object.keys(value).length > 0;
}

function count(value: JsonObject, ...keys: string[]): number {
  return keys.filter((key) => isSet(value[key])).length;
}

/** Whether the block ends up with `authorization`, which bearer tokens are turned into. */
export function hasAuthorization(http: unknown): boolean {
  if (!isObject(http)) return false;
  return isObject(http.authorization) || count(http, "bearer_token", "bearer_token_file") > 0;
}

/** Everything that the block checks of itself, in upstream's order; its parts are decoded by then. */
export function checkHttpConfig(context: Context, value: JsonObject) {
  const bearer = count(value, "bearer_token", "bearer_token_file");
  const basic = isObject(value.basic_auth) ? value.basic_auth : null;
  const oauth2 = isObject(value.oauth2) ? value.oauth2 : null;
  const conflict = (upstream: string) => context.report("authorization_conflict", { upstream });
  const both = "at most one of basic_auth, oauth2 & authorization must be configured";
  if (bearer > 1) exclusive(context, ["bearer_token", "bearer_token_file"], "bearer_token & bearer_token_file");
  if ((basic || oauth2) && bearer > 0) {
    conflict("at most one of basic_auth, oauth2, bearer_token & bearer_token_file must be configured");
  }
  if (basic) context.at("basic_auth", () => checkBasicAuth(context, basic));
  const { authorization } = value;
  if (isObject(authorization)) {
    if (bearer > 0) conflict("authorization is not compatible with bearer_token & bearer_token_file");
    context.at("authorization", () => checkAuthorization(context, authorization));
    if (basic || oauth2) conflict(both);
  } else if (oauth2 && basic) conflict(both);
  if (oauth2) context.at("oauth2", () => checkOAuth2(context, oauth2));
  if (context.profile.reaches("0.26")) checkProxy(context, value);
  else if (hasEntries(value.proxy_connect_header) && !isSet(value.proxy_url)) {
    const upstream = "if proxy_connect_header is configured proxy_url must also be configured";
    context.report("proxy_conflict", { params: { reason: upstream }, upstream });
  }
  if (!isObject(value.http_headers)) return;
  for (const name of Object.keys(value.http_headers)) {
    const canonical = canonicalHeader(name);
    if (!RESERVED_HEADERS.has(canonical)) continue;
    const upstream = `setting header ${goQuote(canonical)} is not allowed`;
    context.report("header_not_allowed", { params: { name }, upstream }, "http_headers", name);
  }
}

function checkBasicAuth(context: Context, value: JsonObject) {
  for (const key of ["username", "password"]) {
    const keys = context.profile.reaches("0.28") ? [key, `${key}_file`, `${key}_ref`] : [key, `${key}_file`];
    if (count(value, ...keys) > 1) exclusive(context, keys, `basic_auth ${listed(keys)}`);
  }
}

/** `a, b & c` */
function listed(keys: readonly string[]): string {
  return `${keys.slice(0, -1).join(", ")} & ${keys.at(-1)}`;
}

function checkAuthorization(context: Context, value: JsonObject) {
  const keys = ["credentials", "credentials_file", "credentials_ref"];
  if (count(value, ...keys) > 1) exclusive(context, keys, "authorization credentials & credentials_file");
  if (textOf(value.type).trim().toLowerCase() === "basic") {
    const upstream = 'authorization type cannot be set to "basic", use "basic_auth" instead';
    context.report("authorization_basic", { upstream }, "type");
  }
}

const JWT = "urn:ietf:params:oauth:grant-type:jwt-bearer";

function checkOAuth2(context: Context, value: JsonObject) {
  const wanted = (key: string) => {
    if (isSet(value[key])) return;
    context.report("missing_required", { params: { key }, upstream: `oauth2 ${key} must be configured` }, key);
  };
  wanted("client_id");
  if (!context.profile.reaches("0.27") && count(value, "client_secret", "client_secret_file") === 0) {
    const upstream = "either oauth2 client_secret or client_secret_file must be configured";
    context.report("one_of_required", { params: { keys: "client_secret, client_secret_file" }, upstream });
  }
  wanted("token_url");
  const jwt = value.grant_type === JWT;
  const secret = jwt ? "client_certificate_key" : "client_secret";
  const all = [secret, `${secret}_file`, `${secret}_ref`];
  const keys = context.profile.reaches("0.28") ? all : all.slice(0, 2);
  const ending = context.profile.reaches("0.30") ? ` using grant-type=${jwt ? JWT : "client_credentials"}` : "";
  if (count(value, ...keys) > 1) exclusive(context, keys, `oauth2 ${listed(keys)}`, ending);
  const algorithm = textOf(value.signature_algorithm);
  if (jwt && algorithm !== "" && !["RS256", "RS384", "RS512"].includes(algorithm)) {
    const upstream = "valid signature algorithms are RS256, RS384 and RS512";
    context.report("oauth2_signature_algorithm", { upstream }, "signature_algorithm");
  }
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
}

export function checkProxy(context: Context, value: JsonObject) {
  const url = isSet(value.proxy_url);
  const environment = value.proxy_from_environment === true;
  const connect = hasEntries(value.proxy_connect_header);
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

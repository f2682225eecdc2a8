import type { JsonObject } from "@/lib/alertmanager";
import type { OutboundTls } from "@/lib/resilience";

/** How the requests of one integration travel, as its `http_config` says, with its secrets opened. */
export interface Transport {
  tls: OutboundTls;
  followRedirects: boolean;
  oauth2: OAuth2 | null;
}

export interface OAuth2 {
  tokenUrl: string;
  clientId: string;
  clientSecret: string;
  scopes: string[];
  params: [string, string][];
  tls: OutboundTls;
}

/** Thrown where a test cannot do what the configuration asks for: better not sent than sent otherwise. */
export class Unsupported extends Error {}

const text = (value: unknown): string => (typeof value === "string" || typeof value === "number" ? String(value) : "");
const part = (value: unknown): JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};

/** @throws Unsupported */
export function transportOf(given: unknown): Transport {
  const http = part(given);
  refuseProxy(http);
  for (const name of ["bearer_token_file"]) refuseFile(http, name);
  return {
    tls: tlsOf(http.tls_config),
    followRedirects: http.follow_redirects !== false,
    oauth2: http.oauth2 === undefined || http.oauth2 === null ? null : oauth2Of(part(http.oauth2)),
  };
}

function refuseProxy(http: JsonObject): void {
  if (text(http.proxy_url) !== "" || http.proxy_from_environment === true)
    throw new Unsupported(
      "It goes through a proxy. A test connects to the checked address itself, so it does not use one.",
    );
}

function refuseFile(held: JsonObject, name: string): void {
  if (text(held[name]) === "") return;
  throw new Unsupported(
    `${name} names something that only the target has (${text(held[name])}), so it cannot be tried here.`,
  );
}

const VERSIONS: Readonly<Record<string, OutboundTls["minVersion"]>> = {
  TLS10: "TLSv1",
  TLS11: "TLSv1.1",
  TLS12: "TLSv1.2",
  TLS13: "TLSv1.3",
};

/** @throws Unsupported */
export function tlsOf(given: unknown): OutboundTls {
  const tls = part(given);
  for (const name of ["ca", "cert", "key"]) {
    refuseFile(tls, `${name}_file`);
    refuseFile(tls, `${name}_ref`);
  }
  const minVersion = VERSIONS[text(tls.min_version)];
  const maxVersion = VERSIONS[text(tls.max_version)];
  return {
    ...(text(tls.ca) ? { ca: text(tls.ca) } : {}),
    ...(text(tls.cert) ? { cert: text(tls.cert) } : {}),
    ...(text(tls.key) ? { key: text(tls.key) } : {}),
    ...(text(tls.server_name) ? { serverName: text(tls.server_name) } : {}),
    ...(tls.insecure_skip_verify === true ? { insecure: true } : {}),
    ...(minVersion ? { minVersion } : {}),
    ...(maxVersion ? { maxVersion } : {}),
  };
}

function oauth2Of(oauth2: JsonObject): OAuth2 {
  refuseProxy(oauth2);
  for (const name of ["client_secret_file", "client_secret_ref"]) refuseFile(oauth2, name);
  const grant = text(oauth2.grant_type);
  if (grant !== "" && grant !== "client_credentials")
    throw new Unsupported(`oauth2 with grant_type ${grant} cannot be tried here.`);
  return {
    tokenUrl: text(oauth2.token_url),
    clientId: text(oauth2.client_id),
    clientSecret: text(oauth2.client_secret),
    scopes: Array.isArray(oauth2.scopes) ? oauth2.scopes.map(text) : [],
    params: Object.entries(part(oauth2.endpoint_params)).map(([name, value]) => [name, text(value)]),
    tls: tlsOf(oauth2.tls_config),
  };
}

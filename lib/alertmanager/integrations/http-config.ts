import { ANY, BOOL, goNamed, listOf, mapOf, SECRET, STRING, structOf, TLS_VERSION, URL } from "../field-types";
import type { StructDefinition } from "../fields";

export const TLS_CONFIG_STRUCT: StructDefinition = {
  name: "TLSConfig",
  fields: [
    { key: "ca", type: STRING, since: "0.27", exclusive: "ca", multiline: true },
    { key: "cert", type: STRING, since: "0.27", exclusive: "cert", multiline: true },
    { key: "key", type: SECRET, since: "0.27", exclusive: "key", multiline: true },
    { key: "ca_file", type: STRING, exclusive: "ca" },
    { key: "cert_file", type: STRING, exclusive: "cert" },
    { key: "key_file", type: STRING, exclusive: "key" },
    { key: "ca_ref", type: STRING, since: "0.28", exclusive: "ca" },
    { key: "cert_ref", type: STRING, since: "0.28", exclusive: "cert" },
    { key: "key_ref", type: STRING, since: "0.28", exclusive: "key" },
    { key: "server_name", type: STRING },
    { key: "insecure_skip_verify", type: BOOL },
    { key: "min_version", type: TLS_VERSION },
    { key: "max_version", type: TLS_VERSION },
  ],
};

export const HEADER_STRUCT: StructDefinition = {
  name: "Header",
  fields: [
    { key: "values", type: listOf(STRING) },
    { key: "secrets", type: listOf(SECRET) },
    { key: "files", type: listOf(STRING) },
  ],
};

export const BASIC_AUTH_STRUCT: StructDefinition = {
  name: "BasicAuth",
  fields: [
    { key: "username", type: STRING, exclusive: "username" },
    { key: "username_file", type: STRING, since: "0.27", exclusive: "username" },
    { key: "username_ref", type: STRING, since: "0.28", exclusive: "username" },
    { key: "password", type: SECRET, exclusive: "password" },
    { key: "password_file", type: STRING, exclusive: "password" },
    { key: "password_ref", type: STRING, since: "0.28", exclusive: "password" },
  ],
};

export const AUTHORIZATION_STRUCT: StructDefinition = {
  name: "Authorization",
  fields: [
    { key: "type", type: STRING, default: "Bearer" },
    { key: "credentials", type: SECRET, exclusive: "credentials" },
    { key: "credentials_file", type: STRING, exclusive: "credentials" },
    { key: "credentials_ref", type: STRING, since: "0.28", exclusive: "credentials" },
  ],
};

export const OAUTH2_STRUCT: StructDefinition = {
  name: "OAuth2",
  fields: [
    { key: "client_id", type: STRING, required: true },
    { key: "client_secret", type: SECRET, exclusive: "client_secret" },
    { key: "client_secret_file", type: STRING, exclusive: "client_secret" },
    { key: "client_secret_ref", type: STRING, since: "0.28", exclusive: "client_secret" },
    { key: "client_certificate_key_id", type: STRING, since: "0.30" },
    { key: "client_certificate_key", type: SECRET, since: "0.30", exclusive: "client_certificate_key" },
    { key: "client_certificate_key_file", type: STRING, since: "0.30", exclusive: "client_certificate_key" },
    { key: "client_certificate_key_ref", type: STRING, since: "0.30", exclusive: "client_certificate_key" },
    { key: "grant_type", type: STRING, since: "0.30", default: "client_credentials" },
    { key: "signature_algorithm", type: STRING, since: "0.30", default: "RS256" },
    { key: "iss", type: STRING, since: "0.30" },
    { key: "audience", type: STRING, since: "0.30" },
    { key: "claims", type: mapOf(ANY), since: "0.30" },
    { key: "scopes", type: listOf(STRING) },
    { key: "token_url", type: STRING, required: true },
    { key: "endpoint_params", type: mapOf(STRING) },
    { key: "tls_config", type: structOf(TLS_CONFIG_STRUCT) },
    { key: "proxy_url", type: URL },
    { key: "no_proxy", type: STRING, since: "0.26" },
    { key: "proxy_from_environment", type: BOOL, since: "0.26" },
    { key: "proxy_connect_header", type: goNamed(mapOf(listOf(SECRET)), "config.ProxyHeader"), since: "0.26" },
  ],
};

export const HTTP_CONFIG_STRUCT: StructDefinition = {
  name: "HTTPClientConfig",
  fields: [
    { key: "basic_auth", type: structOf(BASIC_AUTH_STRUCT) },
    { key: "authorization", type: structOf(AUTHORIZATION_STRUCT) },
    { key: "oauth2", type: structOf(OAUTH2_STRUCT) },
    { key: "bearer_token", type: SECRET, exclusive: "bearer_token" },
    { key: "bearer_token_file", type: STRING, exclusive: "bearer_token" },
    { key: "tls_config", type: structOf(TLS_CONFIG_STRUCT) },
    { key: "follow_redirects", type: BOOL, default: true },
    { key: "enable_http2", type: BOOL, default: true },
    { key: "proxy_url", type: URL },
    { key: "no_proxy", type: STRING, since: "0.26" },
    { key: "proxy_from_environment", type: BOOL, since: "0.26" },
    { key: "proxy_connect_header", type: goNamed(mapOf(listOf(SECRET)), "config.ProxyHeader") },
    { key: "http_headers", type: goNamed(mapOf(structOf(HEADER_STRUCT)), "config.Headers"), since: "0.28" },
  ],
};

import { BOOL, enumOf, HOST_PORT, mapOf, SECRET, STRING, structOf } from "../../field-types";
import type { IntegrationDefinition, StructDefinition } from "../../fields";
import { TLS_CONFIG_STRUCT } from "../http-config";

export const THREADING_CONFIG_STRUCT: StructDefinition = {
  name: "ThreadingConfig",
  fields: [
    { key: "enabled", type: BOOL },
    { key: "thread_by_date", type: enumOf("none", "daily") },
  ],
};

export const EMAIL: IntegrationDefinition = {
  name: "EmailConfig",
  key: "email_configs",
  label: "Email",
  exclusive: { auth_password: { required: false }, auth_secret: { required: false } },
  fields: [
    { key: "send_resolved", type: BOOL, default: false },
    { key: "to", type: STRING, templated: true, required: true },
    { key: "from", type: STRING, templated: true, inherits: "smtp_from" },
    { key: "hello", type: STRING, inherits: "smtp_hello" },
    { key: "smarthost", type: HOST_PORT, inherits: "smtp_smarthost" },
    { key: "auth_username", type: STRING, inherits: "smtp_auth_username" },
    {
      key: "auth_password",
      type: SECRET,
      inherits: ["smtp_auth_password", "smtp_auth_password_file"],
      exclusive: "auth_password",
    },
    {
      key: "auth_password_file",
      type: STRING,
      inherits: ["smtp_auth_password", "smtp_auth_password_file"],
      exclusive: "auth_password",
    },
    { key: "auth_secret", type: SECRET, inherits: "smtp_auth_secret", exclusive: "auth_secret" },
    {
      key: "auth_secret_file",
      type: STRING,
      inherits: "smtp_auth_secret_file",
      since: "0.31",
      exclusive: "auth_secret",
    },
    { key: "auth_identity", type: STRING, inherits: "smtp_auth_identity" },
    { key: "headers", type: mapOf(STRING), templated: true },
    { key: "html", type: STRING, templated: true, default: '{{ template "email.default.html" . }}', multiline: true },
    { key: "text", type: STRING, templated: true, multiline: true },
    { key: "require_tls", type: BOOL, inherits: "smtp_require_tls" },
    { key: "tls_config", type: structOf(TLS_CONFIG_STRUCT), inherits: "smtp_tls_config" },
    { key: "force_implicit_tls", type: BOOL, inherits: "smtp_force_implicit_tls", since: "0.31" },
    { key: "threading", type: structOf(THREADING_CONFIG_STRUCT), since: "0.30" },
  ],
};

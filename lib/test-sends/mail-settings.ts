import { type Config, INTEGRATIONS, type Json } from "@/lib/alertmanager";
import type { OutboundTls } from "@/lib/resilience";
import { tlsOf, Unsupported } from "./transport";

/** How the smarthost is spoken to. */
export interface MailSettings {
  host: string;
  port: number;
  hello: string;
  username: string;
  password: string;
  /** For CRAM-MD5. */
  secret: string;
  identity: string;
  requireTls: boolean;
  implicitTls: boolean;
  tls: OutboundTls;
}

/**
 * Of the only mail of `config`, with what `global` gives.
 * @throws Unsupported
 */
export function mailSettingsOf({ global = {}, receivers = [] }: Config): MailSettings {
  const [mail] = receivers[0]?.email_configs ?? [];
  const value = (key: string): Json | undefined => {
    const { inherits = [] } = INTEGRATIONS.email_configs.fields.find((field) => field.key === key) ?? {};
    const from = [inherits].flat().find((name) => name.endsWith(key)) ?? "";
    return mail?.[key] ?? global[from];
  };
  const text = (key: string) => {
    const given = value(key);
    return typeof given === "string" || typeof given === "number" ? String(given) : "";
  };
  for (const key of ["auth_password_file", "auth_secret_file"])
    if (text(key) !== "")
      throw new Unsupported(`${key} names a file that only the target has, so it cannot be tried here.`);
  const smarthost = text("smarthost");
  const [, host = "", port = ""] = /^\[?(.*?)\]?:(\d{1,5})$/.exec(smarthost) ?? [];
  if (host === "") throw new Unsupported(`The smarthost “${smarthost}” is not of the form host:port.`);
  const forced = value("force_implicit_tls");
  return {
    host,
    port: Number(port),
    hello: text("hello") || "localhost",
    username: text("auth_username"),
    password: text("auth_password"),
    secret: text("auth_secret"),
    identity: text("auth_identity"),
    requireTls: value("require_tls") !== false,
    implicitTls: typeof forced === "boolean" ? forced : port === "465",
    tls: tlsOf(value("tls_config")),
  };
}

import path from "node:path";
import { z } from "zod";

const optional = z.string().trim().min(1).optional();

const Variables = z.object({
  NODE_ENV: z.enum(["development", "test", "production"]).default("production"),
  /** The app role's connection (NOSUPERUSER NOBYPASSRLS). Unset: `signalbox start` runs its own PostgreSQL and sets it. */
  DATABASE_URL: optional,
  /** The owner's connection, for migrations only. */
  MIGRATE_DATABASE_URL: optional,
  /** Where this program's migrations lie; `signalbox start` sets it. */
  MIGRATIONS_DIR: z.string().min(1).default("prisma/migrations"),
  DATABASE_POOL: z.coerce.number().int().min(1).max(200).default(10),
  DATA_DIR: z
    .string()
    .min(1)
    .default(".data")
    .transform((folder) => path.resolve(folder)),
  HOST: z.string().min(1).default("127.0.0.1"),
  PORT: z.coerce.number().int().min(1).max(65_535).default(3000),
  /** What people type into the browser; also what OIDC redirects to. */
  PUBLIC_URL: z.url().optional(),
  NEXTAUTH_URL: z.url().optional(),
  /** PEM files of our own listener; read again when they change. Both or none. */
  TLS_CERT_FILE: optional,
  TLS_KEY_FILE: optional,
  /** `yes`: also without TLS the app listens on HOST, which others than this machine may reach. */
  PLAIN_HTTP: z.enum(["no", "yes"]).default("no"),
  /** `yes`: no other machine is called, nor PostgreSQL there, but by TLS with a certificate that is verified. */
  REQUIRE_TLS: z.enum(["no", "yes"]).default("no"),
  /** Addresses and CIDRs whose X-Forwarded-For, -Proto and -Host are believed, separated by commas. */
  TRUSTED_PROXIES: z.string().default(""),
  /** `yes`: nobody gets in without a second factor, shown here or, as they say, to their sign-in service. */
  REQUIRE_SECOND_FACTOR: z.enum(["no", "yes"]).default("no"),
  /** `no`: taps take their token as Bearer only, never in the path, where proxies write it to their logs. */
  TAP_TOKEN_IN_PATH: z.enum(["no", "yes"]).default("yes"),
  /** Attempts to sign in per minute and client address; 0 switches it off. */
  SIGN_IN_RATE_LIMIT: z.coerce.number().int().min(0).max(100_000).default(30),
  /** Requests to the API per minute and person; 0 switches it off. */
  API_RATE_LIMIT: z.coerce.number().int().min(0).max(1_000_000).default(3000),
  /** Test sends per minute and tenant, a third of them per person; 0 switches it off. */
  TEST_SEND_RATE_LIMIT: z.coerce.number().int().min(0).max(100_000).default(30),
  /** Whom people are told to ask for more, or why their tenant is suspended: a name, an address. */
  OPERATOR_CONTACT: z.string().trim().min(1).max(200).default("an operator of this installation"),
  /** For how many days a deleted tenant can be brought back. */
  TENANT_GRACE_DAYS: z.coerce.number().int().min(0).max(3650).default(30),
  NEXTAUTH_SECRET: optional,
  OIDC_ISSUER: z.url().optional(),
  OIDC_CLIENT_ID: optional,
  OIDC_CLIENT_SECRET: optional,
  OIDC_NAME: optional,
  OIDC_SCOPE: z.string().default("openid profile email offline_access"),
  /** JSON: `{"claim":"groups","map":{"sre":[{"tenant":"demo","role":"admin"}]},"operators":["platform"]}` */
  OIDC_ROLE_MAP: optional,
  /** Asked for the proof of a tenant's e-mail domain, `address` or `address:port` with commas between; unset: the system's. */
  DNS_SERVERS: optional,
  /** The key that wraps every tenant's data key. Default: `keys/master.key` in DATA_DIR. */
  KEY_FILE: optional,
  /** Who keeps the next key-encryption key. */
  KEY_PROVIDER: z.enum(["file", "pkcs11", "aws-kms"]).default("file"),
  /** The library of the token (`/usr/lib/softhsm/libsofthsm2.so`), the token's label, and its PIN, better in a file. */
  PKCS11_MODULE: optional,
  PKCS11_TOKEN: optional,
  PKCS11_PIN: optional,
  PKCS11_PIN_FILE: optional,
  /** ARN or alias of a symmetric key in AWS KMS, its region, and another address than the region's. */
  KMS_KEY_ID: optional,
  AWS_REGION: optional,
  KMS_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  /** Who may use it: the keys of the next three, a pod's token that STS takes, or what is lent to the container or to the machine. */
  KMS_CREDENTIALS: z.enum(["keys", "web-identity", "container", "instance"]).default("keys"),
  AWS_ACCESS_KEY_ID: optional,
  AWS_SECRET_ACCESS_KEY: optional,
  AWS_SESSION_TOKEN: optional,
  AWS_WEB_IDENTITY_TOKEN_FILE: optional,
  AWS_ROLE_ARN: optional,
  AWS_ENDPOINT_URL_STS: z.url({ protocol: /^https?$/ }).optional(),
  AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: optional,
  AWS_CONTAINER_CREDENTIALS_FULL_URI: z.url({ protocol: /^https?$/ }).optional(),
  AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: optional,
  AWS_CONTAINER_AUTHORIZATION_TOKEN: optional,
  AWS_EC2_METADATA_SERVICE_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  /** What new keys seal with; each key keeps its own. */
  KEY_ALGORITHM: z.enum(["aes-256-gcm", "chacha20-poly1305"]).default("aes-256-gcm"),
  /** A tenant's data key is replaced when it sealed this often. Random nonces stand 2^32. */
  DATA_KEY_USES: z.coerce.number().int().min(1).max(2_147_483_648).default(2_147_483_648),
  /** A key-encryption key is replaced when it is this old, in days; 0: by hand, for a new key file wants a backup. */
  KEY_ROTATION_DAYS: z.coerce.number().int().min(0).max(3650).default(0),
  /** The same for tenants' data keys, which lie in the database. */
  DATA_KEY_ROTATION_DAYS: z.coerce.number().int().min(0).max(3650).default(365),
  /** When set, /metrics wants it as a bearer token. */
  METRICS_TOKEN: optional,
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
  OUTBOUND_ALLOW: z.string().default(""),
  /** Folders below which a file target may write, separated by `:`. */
  TARGET_ROOTS: z.string().default(""),
  /** The smarthost for mails that we send ourselves: `smtps://user:password@host:465` or `smtp://host:587`. */
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  /** Who they are from: an address, or `Name <address>`. */
  MAIL_FROM: z
    .string()
    .regex(/^(?:[^\p{Cc}<>"]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/u, "is no address")
    .optional(),
  /** How long alerts are remembered, in days, where a tenant says nothing else. */
  HISTORY_DAYS: z.coerce.number().int().min(1).max(400).default(30),
  /** How often targets are asked for their alerts, in seconds; 0 switches it off. */
  HISTORY_POLL_SECONDS: z.coerce.number().int().min(0).max(3600).default(30),
  /** How often logs that went on get a signed checkpoint, in seconds; 0: only when somebody asks for one. */
  CHECKPOINT_SECONDS: z.coerce.number().int().min(0).max(86_400).default(30),
  /** Who cosigns checkpoints: `URL KEY [KEY]`, with commas between. */
  WITNESSES: z.string().default(""),
  /** With which a witness may fetch checkpoints, tiles and growth of the installation's own log. */
  WITNESS_TOKEN: z.string().min(32).optional(),
  /** Default templates of installed Alertmanagers: `default.tmpl` and `email.tmpl`, or folders of them by version. */
  DEFAULT_TEMPLATES_DIR: optional,
  /** How long the old copy of a tenant that moved to another isolation level is kept, in seconds. */
  ISOLATION_GRACE_SECONDS: z.coerce.number().int().min(0).max(604_800).default(300),
  SIGNALBOX_FAILPOINT: optional,
  /** For tests of the built app: a file that names the failpoint to die at. */
  SIGNALBOX_FAILPOINT_FILE: optional,
});

const EnvSchema = Variables.superRefine((given, context) => {
  const needs = (name: keyof typeof given, other: keyof typeof given) => {
    if (given[name] === undefined || given[other] !== undefined) return;
    context.addIssue({ code: "custom", path: [other], message: `is not set, and ${name} needs it` });
  };
  needs("TLS_CERT_FILE", "TLS_KEY_FILE");
  needs("TLS_KEY_FILE", "TLS_CERT_FILE");
  needs("OIDC_ISSUER", "OIDC_CLIENT_ID");
  needs("SMTP_URL", "MAIL_FROM");
});

/** What may be set. */
export const ENV_NAMES: readonly string[] = Object.keys(Variables.shape);

export type Env = Readonly<z.infer<typeof EnvSchema>>;

let last: { source: string; env: Env } | undefined;

/** Names the variable and never repeats its value, which may be a password. */
export function parseEnv(variables: Readonly<Record<string, string | undefined>>): Env {
  const given = Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== undefined && value !== ""),
  );
  const parsed = EnvSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  throw new Error(`The environment is not valid.\n  ${problems.join("\n  ")}`);
}

/** The only reader of `process.env`. A variable that changed since the last call is seen: start and tests set some. */
export function env(): Env {
  const source = ENV_NAMES.map((key) => process.env[key] ?? "").join("\0");
  if (last?.source !== source) last = { source, env: parseEnv(process.env) };
  return last.env;
}

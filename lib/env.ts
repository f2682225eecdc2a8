import path from "node:path";
import { z } from "zod";

const optional = z.string().trim().min(1).optional();

const EnvSchema = z.object({
  NODE_ENV: z.enum(["development", "test", "production"]).default("production"),
  /** The app role's connection (NOSUPERUSER NOBYPASSRLS). Unset: `signalbox start` runs its own PostgreSQL and sets it. */
  DATABASE_URL: optional,
  /** The owner's connection, for migrations only. */
  MIGRATE_DATABASE_URL: optional,
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
  NEXTAUTH_SECRET: optional,
  OIDC_ISSUER: z.url().optional(),
  OIDC_CLIENT_ID: optional,
  OIDC_CLIENT_SECRET: optional,
  OIDC_NAME: optional,
  OIDC_SCOPE: z.string().default("openid profile email offline_access"),
  /** JSON: `{"claim":"groups","map":{"sre":[{"tenant":"demo","role":"admin"}]},"operators":["platform"]}` */
  OIDC_ROLE_MAP: optional,
  /** The key that wraps every tenant's data key. Default: `keys/master.key` in DATA_DIR. */
  KEY_FILE: optional,
  /** When set, /metrics wants it as a bearer token. */
  METRICS_TOKEN: optional,
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
  OUTBOUND_ALLOW: z.string().default(""),
  /** Folders below which a file target may write, separated by `:`. */
  TARGET_ROOTS: z.string().default(""),
  SIGNALBOX_FAILPOINT: optional,
});

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
  const keys = Object.keys(EnvSchema.shape);
  const source = keys.map((key) => process.env[key] ?? "").join("\0");
  if (last?.source !== source) last = { source, env: parseEnv(process.env) };
  return last.env;
}

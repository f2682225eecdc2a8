import pino from "pino";
import { env } from "@/lib/env";

export type Logger = pino.Logger;

const kept = globalThis as typeof globalThis & { signalboxLogger?: Logger };

// What is named like a secret is cut out, should one ever be handed in; nothing should.
const REDACTED = ["password", "secret", "token", "authorization", "cookie", "plaintext", "api_key"].flatMap((key) => [
  key,
  `*.${key}`,
]);

/** All but the level, which the environment says. */
export const LOGGER_OPTIONS = {
  base: undefined,
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (label: string) => ({ level: label }) },
  redact: { paths: REDACTED, censor: "[secret]" },
  serializers: { err: pino.stdSerializers.err },
};

/** One JSON object per line on stdout. `error` means: somebody should be woken. */
export function logger(room: string): Logger {
  kept.signalboxLogger ??= pino({ level: env().LOG_LEVEL, ...LOGGER_OPTIONS });
  return kept.signalboxLogger.child({ room });
}

export interface Round {
  name: string;
  lastRoundAt: Date;
  /** Of the last round; null: it went well. */
  lastError: string | null;
}

// On globalThis because each route of the app may hold a copy of this module.
const kept = globalThis as typeof globalThis & { signalboxRounds?: Map<string, Round> };

/** Says that a worker of this process ended a round, for who looks after the installation. */
export function roundEnded(name: string, error?: unknown): void {
  kept.signalboxRounds ??= new Map();
  const lastError = error === undefined ? null : error instanceof Error ? error.message.slice(0, 300) : "It failed.";
  kept.signalboxRounds.set(name, { name, lastRoundAt: new Date(), lastError });
}

/** The workers of this process that ended a round since it started. */
export function rounds(): Round[] {
  return [...(kept.signalboxRounds?.values() ?? [])].sort((a, b) => a.name.localeCompare(b.name));
}

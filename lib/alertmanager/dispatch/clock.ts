/**
 * Instants and spans of a simulation are whole microseconds after its start: exact for years, and finer than what
 * configurations and events can say.
 */
export const SECOND = 1_000_000;
export const MILLISECOND = 1000;

export function fromSeconds(seconds: number): number {
  return Math.round(seconds * SECOND);
}

export function toSeconds(instant: number): number {
  return instant / SECOND;
}

/** The last tick of a ticker at or before `now`. */
export function lastTick(now: number, every: number, startedAt = 0): number {
  return startedAt + Math.floor((now - startedAt) / every) * every;
}

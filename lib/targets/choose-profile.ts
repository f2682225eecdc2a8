/**
 * The profile to judge a target by: its own version, else the newest known one before it (a newer program still knows what
 * an older one knew), else the oldest known.
 */
export function chooseProfile<Id extends string>(version: string | null, ids: readonly Id[], fallback: Id): Id {
  const wanted = version === null ? null : numbersOf(version);
  if (wanted === null) return fallback;
  const known = ids
    .map((id) => ({ id, at: numbersOf(id.split("@")[1] ?? "") }))
    .filter(
      (profile): profile is { id: Id; at: number } => profile.at !== null && profile.id.startsWith("alertmanager@"),
    )
    .sort((a, b) => a.at - b.at);
  return known.findLast(({ at }) => at <= wanted)?.id ?? known[0]?.id ?? fallback;
}

/** `v0.25.3` → 25: the major has been 0 for ever; a 1.x would sort after every 0.x. */
function numbersOf(version: string): number | null {
  const match = /^v?(\d+)\.(\d+)/.exec(version);
  return match ? Number(match[1]) * 10_000 + Number(match[2]) : null;
}

export function fromOldest<Id extends string>(ids: readonly Id[]): Id[] {
  return [...ids].sort((a, b) => (numbersOf(a.split("@")[1] ?? "") ?? 0) - (numbersOf(b.split("@")[1] ?? "") ?? 0));
}

/** The profile whose program knows least. */
export function oldestProfile<Id extends string>(ids: readonly Id[], fallback: Id): Id {
  return fromOldest(ids)[0] ?? fallback;
}

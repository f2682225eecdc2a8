import { AppError } from "@/lib/errors";
import type { DriftDto, DriftState } from "./contract";

export function placeState(live: string | null, published: string | null): DriftState {
  if (published === null) return live === null ? "unpublished" : "foreign";
  if (live === null) return "missing";
  return live === published ? "in_sync" : "drifted";
}

const WORST_FIRST: readonly DriftState[] = ["unreadable", "drifted", "missing", "foreign", "unpublished", "in_sync"];

export function worst(states: readonly DriftState[]): DriftState {
  return WORST_FIRST.find((state) => states.includes(state)) ?? "unpublished";
}

export interface PlaceToCompare {
  replica: string | null;
  targetName: string;
  publishedDigest: string | null;
}

export async function driftOf<P extends PlaceToCompare>(
  targetId: string,
  places: readonly P[],
  digest: (place: P) => Promise<string | null>,
  now: Date,
): Promise<DriftDto> {
  const compared = await Promise.all(
    places.map(async (place) => {
      const replica = place.replica ?? place.targetName;
      try {
        return { replica, state: placeState(await digest(place), place.publishedDigest) };
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        // The message names the path on our host, which is the operators' affair.
        return { replica, state: "unreadable" as const, detail: error.code };
      }
    }),
  );
  return { targetId, state: worst(compared.map(({ state }) => state)), places: compared, checkedAt: now.toISOString() };
}

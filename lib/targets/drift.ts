import { AppError } from "@/lib/errors";
import { type DriftDto, type DriftState, isLoud } from "./contract";

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
  id: string;
  replica: string | null;
  targetName: string;
  publishedDigest: string | null;
}

export interface ComparedPlace {
  placeId: string;
  replica: string;
  state: DriftState;
  detail?: string;
  /** Stands for what was found, so that an acknowledgement ends with the next edit. */
  seen: string;
}

export function comparePlaces<P extends PlaceToCompare>(
  places: readonly P[],
  digest: (place: P) => Promise<string | null>,
): Promise<ComparedPlace[]> {
  return Promise.all(
    places.map(async (place): Promise<ComparedPlace> => {
      const known = { placeId: place.id, replica: nameOf(place) };
      try {
        const live = await digest(place);
        const state = placeState(live, place.publishedDigest);
        return { ...known, state, seen: live ?? state };
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        // The message names the path on our host, which is the operators' affair.
        return { ...known, state: "unreadable", detail: error.code, seen: "unreadable" };
      }
    }),
  );
}

/** What a place is called towards people. */
export function nameOf({ replica, targetName }: Pick<PlaceToCompare, "replica" | "targetName">): string {
  return replica ?? targetName;
}

export function toDrift(
  targetId: string,
  compared: readonly ComparedPlace[],
  acknowledged: ReadonlyMap<string, string>,
  now: Date,
): DriftDto {
  const loud = compared.filter(({ state }) => isLoud(state));
  return {
    targetId,
    state: worst(compared.map(({ state }) => state)),
    places: compared.map(({ placeId: _id, seen: _seen, ...place }) => place),
    acknowledged: loud.length > 0 && loud.every(({ placeId, seen }) => acknowledged.get(placeId) === seen),
    checkedAt: now.toISOString(),
  };
}

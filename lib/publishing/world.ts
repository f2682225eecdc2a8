import type { FileContent, OpenPlace, OpenReplica, ReloadOutcome, VerifyOutcome } from "@/lib/targets";
import type { Subject } from "./journal";

/** The outside world as a publication sees it. */
export interface World {
  digestOf(text: string): string;
  read(place: OpenPlace): Promise<string | null>;
  /** Compare-and-set: may be repeated. */
  replace(place: OpenPlace, before: string | null, next: FileContent | null): Promise<"written" | "already">;
  reload(replica: OpenReplica, secrets: readonly string[]): Promise<ReloadOutcome>;
  verify(replica: OpenReplica, text: string): Promise<VerifyOutcome>;
}

export interface PlaceWork {
  place: OpenPlace;
  next: FileContent;
  /** Values in `next` that no record may show. */
  secrets: readonly string[];
}

export interface Work {
  places: PlaceWork[];
  replicas: OpenReplica[];
  overwriteDrift: boolean;
  /** The targets where that holds; none named: all. */
  overwriteAt: readonly string[];
  /** Digests of the files that what is published was imported from: such bytes are its own base. */
  origins: readonly string[];
}

export function placeSubject(place: OpenPlace): Subject {
  return { id: place.id, targetId: place.targetId, targetName: place.targetName, replica: place.replica };
}

export function replicaSubject(replica: OpenReplica): Subject {
  return { id: replica.id, targetId: replica.targetId, targetName: replica.targetName, replica: replica.name };
}

export function secretsAt(work: Work, replica: OpenReplica): readonly string[] {
  return work.places.find(({ place }) => place.id === replica.placeId)?.secrets ?? [];
}

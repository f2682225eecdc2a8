import { z } from "zod";
import { AppError } from "@/lib/errors";
import { query, type TenantContext } from "@/lib/tenancy";
import { digestOf, templateFoldersOf } from "./adapters/file/file-place";
import { type DriftState, isLoud, type LiveDto } from "./contract";
import { nameOf, placeState, worst } from "./drift";
import { findStoredTarget, lookAtPlaces, versionNow } from "./list-targets";
import { maskYaml } from "./mask-yaml";
import type { OpenPlace } from "./open-target";
import { readAt } from "./places";
import { findTarget, placesOf } from "./store";

/** What lies at the target now, secrets masked: for eyes only. Of several places the first that differs is shown. */
export async function readLive(ctx: TenantContext, id: string): Promise<LiveDto> {
  const stored = await findStoredTarget(ctx, id);
  const [{ version }, compared, { text }] = await Promise.all([
    versionNow(stored),
    lookAtPlaces(stored),
    placeToShow(placesOf(stored)),
  ]);
  const state = worst(compared.map((place) => place.state));
  const drift = isLoud(state) && state !== "unreadable";
  return { targetId: id, yaml: text === null ? null : maskYaml(text), drift, state, version };
}

export interface ShownPlace {
  place: OpenPlace;
  text: string | null;
  state: DriftState;
}

/** The place of this name, else the first that differs from what we put there, else the first. */
async function placeToShow(places: readonly OpenPlace[], replica?: string): Promise<ShownPlace> {
  let first: ShownPlace | undefined;
  for (const place of places) {
    if (replica !== undefined && nameOf(place) !== replica) continue;
    const text = await readAt(place);
    const state = placeState(text === null ? null : digestOf(text), place.publishedDigest);
    first ??= { place, text, state };
    if (state !== "in_sync") return { place, text, state };
  }
  if (!first) throw new AppError("not_found", "This target has no place of this name.");
  return first;
}

/** The whole text at one place, for rooms above that compare it; secrets are in it, so it goes no further than them. */
export async function readShownPlace(ctx: TenantContext, id: string, replica?: string): Promise<ShownPlace> {
  return placeToShow(placesOf(await findStoredTarget(ctx, id)), replica);
}

const forImport = query({ permission: "configuration:edit", input: z.object({ id: z.uuid() }) }, (tx, { id }) =>
  findTarget(tx, id),
);

export interface ImportableFile {
  target: string;
  yaml: string | null;
  /** How the folders are called in which we put template files beside this one. */
  templateFolders: string;
}

/** The whole text with its secrets, to import a file that Signalbox never wrote; the caller seals them on arrival. */
export async function readForImport(ctx: TenantContext, id: string, replica?: string): Promise<ImportableFile> {
  const stored = await forImport(ctx, { id });
  const { place, text } = await placeToShow(placesOf(stored), replica);
  return { target: stored.name, yaml: text, templateFolders: templateFoldersOf(place.path) };
}

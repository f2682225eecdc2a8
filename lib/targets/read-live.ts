import { z } from "zod";
import { query, type TenantContext } from "@/lib/tenancy";
import { digestOf } from "./adapters/file/file-place";
import type { LiveDto } from "./contract";
import { placeState } from "./drift";
import { driftNow, findStoredTarget, versionNow } from "./list-targets";
import { maskYaml } from "./mask-yaml";
import { readAt } from "./places";
import { findTarget, placesOf } from "./store";

/** What lies at the target now, secrets masked: for eyes only. Of several places the first that differs is shown. */
export async function readLive(ctx: TenantContext, id: string): Promise<LiveDto> {
  const stored = await findStoredTarget(ctx, id);
  const [{ version }, { state }, text] = await Promise.all([versionNow(stored), driftNow(stored), textToShow(stored)]);
  return {
    targetId: id,
    yaml: text === null ? null : maskYaml(text),
    drift: state === "drifted" || state === "missing" || state === "foreign",
    state,
    version,
  };
}

async function textToShow(stored: Parameters<typeof placesOf>[0]): Promise<string | null> {
  let shown: string | null = null;
  for (const place of placesOf(stored)) {
    const text = await readAt(place);
    if (placeState(text === null ? null : digestOf(text), place.publishedDigest) !== "in_sync") return text;
    shown ??= text;
  }
  return shown;
}

const forImport = query({ permission: "configuration:edit", input: z.object({ id: z.uuid() }) }, (tx, { id }) =>
  findTarget(tx, id),
);

/** The whole text with its secrets, to import a file that Signalbox never wrote; the caller seals them on arrival. */
export async function readForImport(ctx: TenantContext, id: string): Promise<{ target: string; yaml: string | null }> {
  const stored = await forImport(ctx, { id });
  return { target: stored.name, yaml: await textToShow(stored) };
}

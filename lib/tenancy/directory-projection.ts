import { lockLog, type NewEvent, readStream } from "@/lib/audit";
import { directoryOf, type Transaction, tenantsElsewhere, withTenant } from "@/lib/database";
import type { StreamDefinition } from "./command";

type DirectoryStream = Pick<StreamDefinition<unknown, NewEvent, never>, "type" | "initial" | "evolve" | "project">;

const streams = new Map<string, DirectoryStream>();

/** Streams whose projection belongs to the directory, by type: known from the commands that write them. */
export function knowDirectoryStream(stream: { type: string; directory?: true }): void {
  // The log holds what handlers of this very definition returned.
  if (stream.directory) streams.set(stream.type, stream as unknown as DirectoryStream);
}

/**
 * Where a tenant's log lies in another database, it is committed before the directory: after a crash between the two, the
 * directory lacks what the log says. This projects it once more. Holds the directory for the tenant until the end of the
 * transaction, so that the next command sees what this one wrote. Call it under `lockLog`; `end` is where the log ends.
 */
export async function followLog(tx: Transaction, tenantId: string, end: number): Promise<number> {
  const directory = directoryOf(tx);
  if (directory === tx) return 0;
  const [place] = await directory.$queryRaw<{ projected: bigint }[]>`
    SELECT projected FROM tenant_places WHERE tenant_id = ${tenantId}::uuid FOR UPDATE`;
  const missed = await tx.event.findMany({
    where: { tenantId, position: { gt: place?.projected ?? 0n }, streamType: { in: [...streams.keys()] } },
    select: { streamType: true, streamId: true },
    distinct: ["streamType", "streamId"],
  });
  for (const { streamType, streamId } of missed) {
    const stream = streams.get(streamType);
    const events = await readStream(tx, tenantId, { type: streamType, id: streamId });
    const last = events.at(-1);
    if (!stream || !last) continue;
    const state = events.reduce((before: unknown, event) => stream.evolve(before, event), stream.initial);
    await stream.project(directory, { tenantId, streamId, state, events, version: last.streamVersion, now: last.at });
  }
  await markFollowed(tx, tenantId, end);
  return missed.length;
}

/** The directory has followed the log up to here; it is true when both are committed. */
export async function markFollowed(tx: Transaction, tenantId: string, end: number): Promise<void> {
  const directory = directoryOf(tx);
  if (directory === tx) return;
  await directory.$executeRaw`UPDATE tenant_places SET projected = ${end}::bigint WHERE tenant_id = ${tenantId}::uuid`;
}

/** Looks after tenants to which nobody writes meanwhile. Returns how many streams were behind. */
export async function repairDirectory(): Promise<number> {
  let repaired = 0;
  for (const tenantId of await tenantsElsewhere())
    repaired += await withTenant(tenantId, async (tx) => {
      if (directoryOf(tx) === tx) return 0;
      return followLog(tx, tenantId, Number((await lockLog(tx, tenantId)).position));
    });
  return repaired;
}

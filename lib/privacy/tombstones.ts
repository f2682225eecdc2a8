import { randomUUID } from "node:crypto";
import { type Ask, onPlatform } from "@/lib/database";
import { carryOutErasures } from "./carry-out";
import { AGAIN, beginErasure } from "./erase-person";
import { erasedAmong, type Tombstone } from "./erasure-list";

/** Who was erased, or is being: to be kept apart from backups. */
export async function tombstones(): Promise<Tombstone[]> {
  const rows = await onPlatform((tx) =>
    tx.erasure.findMany({ orderBy: { requestedAt: "asc" }, select: { salt: true, hash: true } }),
  );
  return rows.map(({ salt, hash }) => ({
    salt: Buffer.from(salt).toString("hex"),
    hash: Buffer.from(hash).toString("hex"),
  }));
}

/** Erases once more whom a backup brought back. Returns how many. */
export async function eraseAgain(list: readonly Tombstone[]): Promise<number> {
  const people = await onPlatform((tx) => tx.person.findMany({ select: { id: true } }));
  const ids = people.map(({ id }) => id);
  const back = erasedAmong(ids, list);
  for (const { personId } of back) await beginErasure({ personId, ...AGAIN });
  await carryOutErasures();
  return back.length;
}

/**
 * Begins these erasures in the transaction that brings a backup back, so that nobody is there before it is certain that they go.
 * `carryOutErasures` does the rest, and the worker of `signalbox start` where the process dies before.
 */
export async function beginAgain(ask: Ask, list: readonly Tombstone[]): Promise<number> {
  const [known] = await ask("SELECT to_regclass('public.erasures') IS NOT NULL AS here");
  // A backup of before there were any; `eraseAgain` begins them once it is migrated.
  if (known?.here !== true) return 0;
  const ids = (await ask("SELECT id FROM people")).map(({ id }) => String(id));
  const back = erasedAmong(ids, list);
  for (const { personId, salt, hash } of back)
    await ask(
      `INSERT INTO erasures (id, person_id, salt, hash, requested_by, request_id, requested_at)
       VALUES ($1, $2, $3, $4, $5, $6, now()) ON CONFLICT (person_id) DO NOTHING`,
      [randomUUID(), personId, Buffer.from(salt, "hex"), Buffer.from(hash, "hex"), AGAIN.by, AGAIN.requestId],
    );
  return back.length;
}

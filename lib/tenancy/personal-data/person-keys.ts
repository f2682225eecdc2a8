import type { NewEvent } from "@/lib/audit";
import { type Transaction, withTenant } from "@/lib/database";
import { newOwnKey, openText, sealText } from "@/lib/secrets";
import { PLATFORM_LOG } from "../context";
import { openEvent, type PersonalKey, peopleIn } from "./sealed-events";

const purpose = (personId: string) => `person key|${personId}`;

/**
 * The key of a person, made at the first use. Of somebody who is not there (any more) it is one that nobody keeps: what is sealed
 * with it was never readable. Asked before a command's transaction, for it is a transaction of its own.
 */
export async function personKey(personId: string): Promise<PersonalKey> {
  const key = await withTenant(PLATFORM_LOG, async (tx) => {
    const known = await keysIn(tx, [personId]);
    if (known.has(personId)) return known.get(personId);
    const wrapped = Buffer.from(await sealText(tx, PLATFORM_LOG, purpose(personId), newOwnKey().toString("base64")));
    // Together with the person it goes for good: the reference refuses a key of nobody, and the row one that was begun too late.
    await tx.$executeRaw`
      INSERT INTO person_keys (person_id, wrapped) SELECT id, ${wrapped} FROM people WHERE id = ${personId}::uuid FOR KEY SHARE
      ON CONFLICT DO NOTHING`;
    return (await keysIn(tx, [personId])).get(personId);
  });
  return { personId, key: key ?? newOwnKey() };
}

async function keysIn(tx: Transaction, personIds: string[]): Promise<Map<string, Uint8Array>> {
  const rows = await tx.personKey.findMany({ where: { personId: { in: personIds } } });
  const keys = new Map<string, Uint8Array>();
  for (const { personId, wrapped } of rows)
    keys.set(personId, Buffer.from(await openText(tx, PLATFORM_LOG, purpose(personId), wrapped), "base64"));
  return keys;
}

/** Events of one tenant's log with the personal texts that they hold, for who may read them. Call it outside of transactions. */
export async function openPersonal<Event extends NewEvent>(
  tenantId: string,
  events: readonly Event[],
): Promise<Event[]> {
  const people = peopleIn(events);
  if (people.length === 0) return [...events];
  const keys = await withTenant(PLATFORM_LOG, (tx) => keysIn(tx, people));
  return events.map((event) => openEvent(event, tenantId, keys));
}

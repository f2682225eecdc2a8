import { createHash, randomBytes } from "node:crypto";
import { z } from "zod";
import type { NewEvent } from "@/lib/audit";
import { AppError } from "@/lib/errors";
import { openUnder, sealUnder } from "@/lib/secrets";

/** By type of event, which of its fields tell of a person. They are texts. */
export type PersonalFields = Readonly<Record<string, readonly string[]>>;

export interface PersonalKey {
  personId: string;
  key: Uint8Array;
}

/** What stands in the log in a personal text's place. The salt is sealed with it: without the key nobody can try texts. */
const sealedSchema = z.object({ personal: z.uuid(), sealed: z.base64(), commitment: z.string().length(64) });
const contentSchema = z.object({ salt: z.string(), text: z.string() });

const contextOf = (tenantId: string, personId: string, type: string, field: string) =>
  `${tenantId}|${personId}|${type}.${field}`;

const commit = (salt: string, text: string) => createHash("sha256").update(`${salt}\0${text}`).digest("hex");

/**
 * The events as the log keeps them. A text that tells nothing stays as it is, and so do all when there is no person (`null`: a
 * program acted). A command that does not say whom it tells of is refused.
 */
export function sealEvents<Event extends NewEvent>(
  events: readonly Event[],
  fields: PersonalFields,
  tenantId: string,
  key: PersonalKey | null | undefined,
): NewEvent[] {
  if (key === null) return [...events];
  return events.map(({ type, data }) => {
    const sealed = (fields[type] ?? []).flatMap((field) => {
      const text = data[field];
      if (typeof text !== "string" || text === "") return [];
      if (!key) throw new AppError("internal", `A command that writes ${type} does not say whom it tells of.`);
      return [[field, sealText(text, contextOf(tenantId, key.personId, type, field), key)]];
    });
    return { type, data: { ...data, ...Object.fromEntries(sealed) } };
  });
}

function sealText(text: string, context: string, { personId, key }: PersonalKey) {
  const salt = randomBytes(16).toString("base64");
  const sealed = sealUnder(key, JSON.stringify({ salt, text }), context).toString("base64");
  return { personal: personId, sealed, commitment: commit(salt, text) };
}

/** Whose keys are needed to read these events. */
export function peopleIn(events: readonly NewEvent[]): string[] {
  const sealed = events.flatMap(({ data }) => Object.values(data)).map((value) => sealedSchema.safeParse(value));
  return [...new Set(sealed.flatMap(({ data }) => data?.personal ?? []))];
}

/** The event with its personal texts; where the key is gone `{ erased: person }` stands in their place. */
export function openEvent<Event extends NewEvent>(
  event: Event,
  tenantId: string,
  keys: ReadonlyMap<string, Uint8Array>,
): Event {
  const data = Object.entries(event.data).map(([field, value]) => {
    const { data: found } = sealedSchema.safeParse(value);
    if (!found) return [field, value];
    const key = keys.get(found.personal);
    if (!key) return [field, { erased: found.personal }];
    const context = contextOf(tenantId, found.personal, event.type, field);
    const { salt, text } = contentSchema.parse(
      JSON.parse(openUnder(key, Buffer.from(found.sealed, "base64"), context)),
    );
    if (commit(salt, text) !== found.commitment)
      throw new AppError("internal", "A sealed text is not what was committed to.");
    return [field, text];
  });
  return { ...event, data: Object.fromEntries(data) };
}

import { z } from "zod";
import { onPlatform, withDirectory } from "@/lib/database";
import { command, type StreamDefinition } from "./command";
import { type MailLanguage, mailLanguageSchema, tenantLanguageSchema } from "./contract";
import { languageOf } from "./language";
import { query } from "./query";

type Chosen = MailLanguage | null;
type LanguageEvent = { type: "MailLanguageChanged"; data: { before: Chosen; after: Chosen } };

const languageStream: StreamDefinition<Chosen, LanguageEvent, unknown> = {
  type: "mail-language",
  directory: true,
  id: () => "mails",
  initial: null,
  evolve: (_state, { data }) => data.after,
  project: async (tx, { tenantId, state: language }) => {
    if (language === null) await tx.mailLanguage.deleteMany({ where: { tenantId } });
    else await tx.mailLanguage.upsert({ where: { tenantId }, create: { tenantId, language }, update: { language } });
  },
};

/** In which language mails of this tenant are written to people of whom nobody knows what they read; `null`: in English. */
export const setMailLanguage = command(
  { name: "setMailLanguage", permission: "tenant:settings", input: tenantLanguageSchema, stream: languageStream },
  (before, { language: after }) => {
    const event: LanguageEvent = { type: "MailLanguageChanged", data: { before, after } };
    return { events: before === after ? [] : [event], result: { language: after } };
  },
);

export const getMailLanguage = query(
  { name: "getMailLanguage", permission: "members:view", directory: true, input: z.undefined() },
  async (tx, _input, { tenantId }) => {
    const row = await tx.mailLanguage.findUnique({ where: { tenantId } });
    return tenantLanguageSchema.parse({ language: row?.language ?? null });
  },
);

export async function languageFor(tenantId: string, personId: string): Promise<MailLanguage> {
  const person = await onPlatform((tx) =>
    tx.person.findUnique({ where: { id: personId }, select: { language: true } }),
  );
  return languageIn(tenantId, person ?? { language: null });
}

/** In which language this tenant writes to somebody: theirs, else its own, else English. */
export async function languageIn(tenantId: string, person: { language: string | null }): Promise<MailLanguage> {
  if (mailLanguageSchema.safeParse(person.language).success) return languageOf(person);
  const row = await withDirectory(tenantId, (tx) => tx.mailLanguage.findUnique({ where: { tenantId } }));
  return languageOf({ language: row?.language ?? null });
}

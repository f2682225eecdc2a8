import { withPlatform } from "@/lib/database";
import { parseInput } from "./command";
import { type MailLanguage, mailLanguageSchema, setLanguageInputSchema } from "./contract";

/** In which mails are written to this person; English for those of whom nobody knows. */
export function languageOf({ language }: { language: string | null }): MailLanguage {
  return mailLanguageSchema.catch("en").parse(language);
}

/** The language that the person's pages are shown in. */
export async function setLanguage({ personId }: { personId: string }, input: unknown): Promise<void> {
  const { language } = parseInput(setLanguageInputSchema, input);
  await withPlatform((tx) => tx.person.update({ where: { id: personId }, data: { language } }));
}

/** The guess of whoever invited somebody: it holds until they have been here. */
export async function guessLanguage(id: string, language: MailLanguage): Promise<void> {
  await withPlatform((tx) => tx.person.updateMany({ where: { id, firstSignedInAt: null }, data: { language } }));
}

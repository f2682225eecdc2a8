import type { AbstractIntlMessages } from "next-intl";
import { type Locale, NAMESPACES } from "./namespaces";

export * from "./namespaces";

/** Every text of one language; the namespace is the first part of a key. */
export async function loadMessages(locale: Locale): Promise<AbstractIntlMessages> {
  const loaded = await Promise.all(
    NAMESPACES.map(async (namespace) => {
      const file: { default: AbstractIntlMessages } = await import(`./${locale}/${namespace}.json`);
      return [namespace, file.default] as const;
    }),
  );
  return Object.fromEntries(loaded);
}

"use client";

import { useTranslations } from "next-intl";

/** Help text of a field: of its struct when there is one, else of any field of that name, else nothing. */
export function useHelp(): (struct: string, key: string) => string | null {
  const t = useTranslations("fields");
  return (struct, key) => {
    for (const name of [`${struct}.${key}`, `generic.${key}`]) if (t.has(name)) return t(name);
    return null;
  };
}

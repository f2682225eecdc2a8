"use client";

import { useTranslations } from "next-intl";
import type { TemplateSymbols } from "@/lib/alertmanager";
import { Notice } from "../ui/severity";

/** Names that several files define, and whose definition counts. */
export function Collisions({ symbols: { collisions } }: { symbols: TemplateSymbols }) {
  const t = useTranslations("templates.collisions");
  if (collisions.length === 0) return null;
  return (
    <Notice level="warning" role="status" title={t("title", { count: collisions.length })}>
      {collisions.map(({ name, winner, files }) => (
        <p key={name}>{t("line", { name, winner, files: files.join(", ") })}</p>
      ))}
    </Notice>
  );
}

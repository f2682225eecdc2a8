"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";
import type { TemplateFinding, TemplateThing } from "@/lib/alertmanager";
import type { ThingWords } from "./template-language";

/** What a thing of a template is called and does, in the reader's language. */
export function useThingWords(): (thing: TemplateThing) => ThingWords {
  const t = useTranslations("templates");
  return useCallback(
    (thing) => {
      const key = docKey(thing);
      const since = thing.since ? t("since", { version: thing.since }) : null;
      const kind =
        thing.kind === "variable" && thing.name === "."
          ? t("dot")
          : t(`kind.${thing.kind}`, { owner: thing.owner ?? "" });
      return { kind, text: key !== null && t.has(key) ? t(key) : null, since };
    },
    [t],
  );
}

function docKey({ kind, name, owner }: TemplateThing): `docs.${string}` | null {
  if (kind === "function") return `docs.functions.${name}`;
  if (kind === "keyword") return `docs.keywords.${name}`;
  return kind === "field" || kind === "method" ? `docs.members.${owner}.${name}` : null;
}

/** A finding as a sentence. */
export function useFindingText(): (finding: TemplateFinding & { versions?: readonly string[] }) => string {
  const t = useTranslations("templates");
  return useCallback(
    ({ code, params, versions }) => {
      const text = t(`finding.${code}`, { ...params });
      return versions ? `${text}. ${t("only", { versions: versions.join(", ") })}` : text;
    },
    [t],
  );
}

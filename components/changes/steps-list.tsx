"use client";

import { Lock } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ConfigChange } from "@/lib/alertmanager";
import { Tag } from "../ui/badge";
import { cn } from "../ui/cn";
import { shortValue } from "./short-value";

const SIGNS: Record<ConfigChange["kind"], { sign: string; className: string }> = {
  added: { sign: "+", className: "text-success" },
  removed: { sign: "−", className: "text-critical" },
  changed: { sign: "~", className: "text-warning" },
  moved: { sign: "↕", className: "text-info" },
  renamed: { sign: "→", className: "text-info" },
};

/** What changes, in the words of the configuration; of a secret only that it does. */
export function StepsList({ changes }: { changes: readonly ConfigChange[] }) {
  const t = useTranslations("changes");
  if (changes.length === 0) return <p className="px-4 py-6 text-center text-muted">{t("noDifference")}</p>;
  return (
    <ul>
      {changes.map((change, index) => {
        const { sign, className } = SIGNS[change.kind];
        return (
          <li
            key={`${change.kind}-${change.path.join("/")}-${change.key ?? ""}-${index.toString()}`}
            className="grid grid-cols-[20px_minmax(0,1fr)] gap-x-2 border-b px-4 py-2 last:border-0 sm:grid-cols-[20px_minmax(88px,140px)_minmax(0,1fr)]"
          >
            <span className={cn("font-mono font-medium", className)} aria-hidden>
              {sign}
            </span>
            <span className="text-soft">
              <span className="sr-only">{t(`kinds.${change.kind}`)} </span>
              {t.has(`nouns.${change.noun}`) ? t(`nouns.${change.noun}`) : change.noun}
            </span>
            <span className="min-w-0 font-mono text-12 leading-5 [overflow-wrap:anywhere] max-sm:col-start-2">
              {change.label}
              <Values change={change} />
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function Values({ change }: { change: ConfigChange }) {
  const t = useTranslations("changes");
  const { key, before, after, secret } = change;
  if (key === undefined && before === undefined && after === undefined) return null;
  return (
    <span className="block text-muted">
      {key !== undefined ? `${key} ` : null}
      {secret ? (
        <Tag>
          <Lock aria-hidden />
          {t(before === undefined ? "secretSet" : after === undefined ? "secretRemoved" : "secretChanged")}
        </Tag>
      ) : (
        <>
          {before !== undefined ? <del className="text-critical">{shortValue(before)}</del> : null}
          {before !== undefined && after !== undefined ? " → " : null}
          {after !== undefined ? <ins className="text-success no-underline">{shortValue(after)}</ins> : null}
        </>
      )}
    </span>
  );
}

"use client";

import { Lock } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { Chip } from "../ui/chip";
import type { InjectedMatcher } from "./injected-matchers";

/** Matchers that are not ours to edit: greyed, with a lock, and in words where they come from. */
export function InjectedChips({ injected }: { injected: readonly InjectedMatcher[] }) {
  const t = useTranslations("editor.injected");
  const format = useFormatter();
  return injected.map(({ text, matcher, targets }) => {
    const from = t("from", { count: targets.length, targets: format.list(targets) });
    return (
      <span key={text} title={from} className="inline-flex min-w-0 grayscale">
        <Chip
          locked
          name={matcher?.name ?? text}
          {...(matcher && { operator: matcher.op, value: matcher.value })}
          before={<Lock className="mr-1 size-3 shrink-0 text-muted" aria-hidden />}
          after={<span className="sr-only"> {from}</span>}
        />
      </span>
    );
  });
}

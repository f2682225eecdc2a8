"use client";

import { useTranslations } from "next-intl";
import * as Primitive from "radix-ui/radio-group";
import { memo } from "react";
import type { IntegrationPreview } from "@/lib/alertmanager";
import { PREVIEW_CASES } from "@/lib/alertmanager/preview/sample-cases";
import { cn } from "../ui/cn";
import { SeverityIcon, type SeverityLevel } from "../ui/severity";
import { CaseGlyph } from "./case-glyph";
import { type CaseState, caseStates } from "./case-state";

const LEVELS: Record<CaseState, SeverityLevel> = {
  sent: "success",
  quiet: "neutral",
  warning: "warning",
  error: "critical",
};

export type CaseStripProps = {
  integrations: readonly IntegrationPreview[];
  chosen: string;
  onChoose: (id: string) => void;
};

/** All cases with what becomes of each: one sees at a glance in which of them a receiver fails. */
export function CaseStrip({ integrations, ...choice }: CaseStripProps) {
  return <Cases {...choice} states={caseStates(integrations)} />;
}

type CasesProps = Pick<CaseStripProps, "chosen" | "onChoose"> & { states: ReadonlyMap<string, CaseState> };

/** With each letter that is typed there are other notifications, and nearly always the cases end as they did. */
const Cases = memo(PlainCases, (before, after) => {
  const { chosen, onChoose, states } = before;
  if (chosen !== after.chosen || onChoose !== after.onChoose) return false;
  return PREVIEW_CASES.every((id) => states.get(id) === after.states.get(id));
});

function PlainCases({ states, chosen, onChoose }: CasesProps) {
  const t = useTranslations("preview");
  return (
    <Primitive.Root
      aria-label={t("cases.label")}
      orientation="horizontal"
      value={chosen}
      onValueChange={onChoose}
      className="flex flex-wrap gap-1"
    >
      {PREVIEW_CASES.map((id) => {
        const state = states.get(id);
        return (
          <Primitive.Item
            key={id}
            value={id}
            // An arrow key moves the focus in a later task; Radix checks what it comes to only while the key is still down.
            onFocus={() => id !== chosen && onChoose(id)}
            className={cn(
              "relative grid min-h-11 min-w-11.5 max-w-24 flex-auto place-content-center justify-items-center gap-1 rounded-md border border-line-strong bg-panel px-0.5 py-1 text-11 text-soft hover:bg-hover focus-visible:rounded-md md:min-h-0",
              "data-[state=checked]:border-accent data-[state=checked]:text-text data-[state=checked]:shadow-[inset_0_0_0_1px_var(--accent)]",
              state === "error" && "border-critical-line bg-critical-soft",
              state === "warning" && "border-warning-line bg-warning-soft",
            )}
          >
            <CaseGlyph id={id} />
            <span className="whitespace-nowrap">{t(`cases.${id}`)}</span>
            {state ? (
              <>
                <SeverityIcon level={LEVELS[state]} className="absolute top-0.5 right-0.5 size-2.5" />
                <span className="sr-only">{t(`states.${state}`)}</span>
              </>
            ) : null}
          </Primitive.Item>
        );
      })}
    </Primitive.Root>
  );
}

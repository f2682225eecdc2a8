"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { cn } from "../ui/cn";
import { FormField } from "../ui/form-field";
import { Notice } from "../ui/severity";
import { Textarea } from "../ui/textarea";
import type { ReadLabels } from "./alerts-text";
import { LabelEditor } from "./label-editor";

const WAYS = ["rows", "text"] as const;

type AlertsInputProps = { text: string; read: ReadLabels; onChange: (text: string) => void };

/** Which alerts are tested: label by label, or as they are pasted. Both write the same text. */
export function AlertsInput({ text, read, onChange }: AlertsInputProps) {
  const t = useTranslations("tester");
  const [way, setWay] = useState<(typeof WAYS)[number]>(read.problem ? "text" : "rows");
  const problem = read.problem ? t(`problems.${read.problem.code}`, { line: read.problem.line }) : undefined;
  return (
    <>
      <div className="flex items-center justify-between gap-2">
        <h2 className="text-13 font-medium">{t("alerts")}</h2>
        <fieldset aria-label={t("ways.label")} className="flex rounded-md border border-line-strong p-0.5">
          {WAYS.map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={one === way}
              onClick={() => setWay(one)}
              className={cn(
                "h-8 rounded-sm px-2.5 text-13 md:h-[26px]",
                one === way ? "bg-pressed font-medium text-text" : "text-soft hover:bg-hover hover:text-text",
              )}
            >
              {t(`ways.${one}`)}
            </button>
          ))}
        </fieldset>
      </div>
      {way === "rows" ? (
        <>
          {problem ? <Notice level="warning" title={problem} /> : null}
          <LabelEditor alerts={read.alerts} text={text} onChange={onChange} />
        </>
      ) : (
        <FormField id="tester-labels" label={t("ways.pasted")} hint={t("alertsHint")} error={problem}>
          {(control) => (
            <Textarea
              {...control}
              mono
              rows={4}
              className="max-h-64"
              spellCheck={false}
              placeholder={'alertname="DiskFull", team="database", severity="critical"'}
              value={text}
              onChange={(event) => onChange(event.target.value)}
            />
          )}
        </FormField>
      )}
    </>
  );
}

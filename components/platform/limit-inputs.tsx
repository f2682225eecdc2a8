"use client";

import { useTranslations } from "next-intl";
import type { Dispatch, SetStateAction } from "react";
import { QUOTAS, type Quota } from "@/lib/tenancy/tiers/contract";
import { FormField } from "../ui/form-field";
import { Input } from "../ui/input";
import type { LimitTexts } from "./limit-fields";

export type LimitInputsProps = {
  id: string;
  texts: LimitTexts;
  onTexts: Dispatch<SetStateAction<LimitTexts>>;
  wrong: ReadonlySet<Quota>;
  /** What holds where nothing is typed. */
  otherwise: (quota: Quota) => string;
};

export function LimitInputs({ id, texts, onTexts, wrong, otherwise }: LimitInputsProps) {
  const t = useTranslations("platform.tiers");
  const plan = useTranslations("plan");
  return (
    <div className="grid gap-3 sm:grid-cols-2 md:grid-cols-3">
      {QUOTAS.map((quota) => (
        <FormField
          key={quota}
          id={`${id}-${quota}`}
          label={plan(`quota.${quota}`)}
          error={wrong.has(quota) ? t("wrong") : undefined}
        >
          {(control) => (
            <Input
              {...control}
              inputMode="numeric"
              autoComplete="off"
              value={texts[quota]}
              placeholder={otherwise(quota)}
              onChange={({ target: { value } }) => onTexts((before) => ({ ...before, [quota]: value }))}
            />
          )}
        </FormField>
      ))}
    </div>
  );
}

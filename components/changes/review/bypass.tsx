"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import type { ReviewDto } from "@/lib/configuration/review/contract";
import { FormDialog } from "../../http/form-dialog";
import { useTenant } from "../../http/tenant-context";
import { Button } from "../../ui/button";
import { FormField } from "../../ui/form-field";
import { Textarea } from "../../ui/textarea";

/** What keeps a change from being published by the tenant's rules. */
export function hindrance({
  approvals,
  needed,
  verdicts,
  freeze,
}: ReviewDto): "rejected" | "approvals" | "frozen" | null {
  if (verdicts.some(({ verdict }) => verdict === "rejected")) return "rejected";
  if (approvals < needed) return "approvals";
  return freeze.some(({ holds }) => holds) ? "frozen" : null;
}

type BypassProps = { pending: boolean; onBypass: (reason: string) => void };

/** For emergencies, by those who may: with a reason that everybody is told. */
export function Bypass({ pending, onBypass }: BypassProps) {
  const t = useTranslations("review.bypass");
  const tenant = useTenant();
  const form = useId();
  const [open, setOpen] = useState(false);
  if (!tenant.can("changes:bypass")) return null;
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t("open")}</Button>
      {open ? (
        <FormDialog
          title={t("title")}
          description={t("text")}
          act={{ isPending: pending, error: null }}
          submit={t("confirm")}
          danger
          onSubmit={(fields) => {
            onBypass(String(fields.get("reason")));
            setOpen(false);
          }}
          onClose={() => setOpen(false)}
        >
          <FormField id={`${form}-reason`} label={t("reason")} hint={t("hint")}>
            {(control) => (
              <Textarea {...control} name="reason" rows={3} required minLength={8} maxLength={1000} autoFocus />
            )}
          </FormField>
        </FormDialog>
      ) : null}
    </>
  );
}

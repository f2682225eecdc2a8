"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { createdTapSchema } from "@/lib/history/contract";
import { api } from "../http/api";
import { FormDialog } from "../http/form-dialog";
import { useTenant } from "../http/tenant-context";
import { CopyField } from "../ui/copy-field";
import { FormField } from "../ui/form-field";
import { Input } from "../ui/input";
import { historyQuery } from "./queries";

/** Makes an intake and tells its token, once, in the words that Prometheus reads. */
export function NewTap({ onClose }: { onClose: () => void }) {
  const t = useTranslations("alerts.newTap");
  const common = useTranslations("common");
  const tenant = useTenant();
  const client = useQueryClient();
  const form = useId();
  const create = useMutation({
    mutationFn: (name: string) =>
      api(tenant.endpoint("taps"), { method: "POST", body: { name }, schema: createdTapSchema }),
    onSuccess: () => client.invalidateQueries({ queryKey: historyQuery(tenant).queryKey }),
  });
  const made = create.data;
  return (
    <FormDialog
      title={made ? t("made", { name: made.tap.name }) : t("title")}
      description={t("text")}
      act={create}
      submit={common("add")}
      onSubmit={(fields) => create.mutate(String(fields.get("name")))}
      onClose={onClose}
      made={
        made ? (
          <div className="grid gap-3">
            <p className="text-soft">{t("once")}</p>
            <CopyField value={made.token} label={t("token")} />
            <p className="text-soft">{t("prometheus")}</p>
            <pre className="rounded-md border bg-sunken p-3 font-mono text-12 whitespace-pre-wrap [overflow-wrap:anywhere]">
              {made.prometheus}
            </pre>
          </div>
        ) : null
      }
    >
      <FormField id={`${form}-name`} label={t("name")} hint={t("nameHint")}>
        {(control) => <Input {...control} name="name" required maxLength={80} autoComplete="off" />}
      </FormField>
    </FormDialog>
  );
}

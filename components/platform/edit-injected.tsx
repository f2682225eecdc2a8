"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useId } from "react";
import type { OperatorTargetDto } from "@/lib/targets/contract";
import { api } from "../http/api";
import { FormDialog } from "../http/form-dialog";
import { FormField } from "../ui/form-field";
import { Textarea } from "../ui/textarea";
import { useToast } from "../ui/toast";
import { operatorTargetsQuery } from "./queries";
import { linesOf } from "./read-target";

/** What the target's owner asks of every alert before it comes to the tenant's routes. */
export function EditInjected({ target, onClose }: { target: OperatorTargetDto; onClose: () => void }) {
  const t = useTranslations("platform.targets");
  const common = useTranslations("common");
  const id = useId();
  const client = useQueryClient();
  const { toast } = useToast();
  const save = useMutation({
    mutationFn: (injectedMatchers: string[]) =>
      api(`/api/platform/targets/${target.id}/injected-matchers`, { method: "PUT", body: { injectedMatchers } }),
    onSuccess: async () => {
      toast({ level: "success", title: t("injectedSaved", { name: target.name }) });
      await client.invalidateQueries({ queryKey: operatorTargetsQuery.queryKey });
      onClose();
    },
  });
  return (
    <FormDialog
      title={t("editInjected", { name: target.name })}
      act={save}
      submit={common("save")}
      onSubmit={(fields) => save.mutate(linesOf(String(fields.get("matchers") ?? "")))}
      onClose={onClose}
    >
      <FormField id={`${id}-matchers`} label={t("injected")} hint={t("injectedHint")}>
        {(control) => (
          <Textarea
            {...control}
            mono
            rows={2}
            name="matchers"
            spellCheck={false}
            defaultValue={target.injectedMatchers.join("\n")}
          />
        )}
      </FormField>
    </FormDialog>
  );
}

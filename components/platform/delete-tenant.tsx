"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import type { TenantFacts } from "@/lib/tenancy/tiers/contract";
import { api } from "../http/api";
import { FormDialog } from "../http/form-dialog";
import { FormField, Label } from "../ui/form-field";
import { Input } from "../ui/input";
import { Switch } from "../ui/switch";
import { useToast } from "../ui/toast";
import { TENANTS_KEY, tenantQuery } from "./queries";

/** It ends the work of a whole team, so its address is typed; within the grace it can be undone. */
export function DeleteTenant({ tenant, onClose }: { tenant: TenantFacts; onClose: () => void }) {
  const t = useTranslations("platform.life");
  const form = useId();
  const client = useQueryClient();
  const { toast } = useToast();
  const [slug, setSlug] = useState("");
  const [withoutExport, setWithoutExport] = useState(false);
  const exported = tenant.exportedAt !== null;
  const remove = useMutation({
    mutationFn: () =>
      api(`/api/platform/tenants/${tenant.id}/delete`, { method: "POST", body: { slug, withoutExport } }),
    onSuccess: async () => {
      toast({ title: t("done.delete", { name: tenant.name }) });
      await client.invalidateQueries({ queryKey: TENANTS_KEY });
      await client.invalidateQueries({ queryKey: tenantQuery(tenant.id).queryKey });
      onClose();
    },
  });
  return (
    <FormDialog
      title={t("deleteTitle", { name: tenant.name })}
      description={t("deleteText")}
      act={remove}
      submit={t("delete")}
      danger
      disabled={slug !== tenant.slug || !(exported || withoutExport)}
      onSubmit={() => remove.mutate()}
      onClose={onClose}
    >
      <FormField id={`${form}-slug`} label={t("typeSlug", { slug: tenant.slug })}>
        {(control) => (
          <Input {...control} mono value={slug} autoComplete="off" onChange={({ target }) => setSlug(target.value)} />
        )}
      </FormField>
      {exported ? null : (
        <div className="flex items-center gap-2">
          <Switch id={`${form}-without`} checked={withoutExport} onCheckedChange={setWithoutExport} />
          <Label htmlFor={`${form}-without`}>{t("withoutExport")}</Label>
        </div>
      )}
    </FormDialog>
  );
}

"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { createTenantInputSchema, slugSchema } from "@/lib/tenancy/contract";
import { TIERS, type TierName } from "@/lib/tenancy/tiers/contract";
import { api } from "../http/api";
import { FormDialog } from "../http/form-dialog";
import { FormField } from "../ui/form-field";
import { Input } from "../ui/input";
import { Select } from "../ui/select";
import { useToast } from "../ui/toast";
import { TENANTS_KEY } from "./queries";
import { slugOf } from "./slug-of";

export function NewTenant({ onClose }: { onClose: () => void }) {
  const t = useTranslations("platform.tenants");
  const form = useId();
  const client = useQueryClient();
  const { toast } = useToast();
  const [name, setName] = useState("");
  const [ownSlug, setOwnSlug] = useState<string | null>(null);
  const [tier, setTier] = useState<TierName>("professional");
  const plan = useTranslations("plan");
  const [tried, setTried] = useState(false);
  const slug = ownSlug ?? slugOf(name);
  const slugIsWrong = !slugSchema.safeParse(slug).success;
  const create = useMutation({
    mutationFn: (body: { name: string; slug: string; tier?: TierName | undefined }) =>
      api("/api/platform/tenants", { method: "POST", body }),
    onSuccess: async () => {
      toast({ title: t("created", { name }) });
      await client.invalidateQueries({ queryKey: TENANTS_KEY });
      onClose();
    },
  });

  const onSubmit = () => {
    setTried(true);
    const input = createTenantInputSchema.safeParse({ name, slug, tier });
    if (input.success) create.mutate(input.data);
  };

  return (
    <FormDialog
      title={t("add")}
      description={t("firstAdmin")}
      act={create}
      submit={t("add")}
      onSubmit={onSubmit}
      onClose={onClose}
    >
      <FormField id={`${form}-name`} label={t("name")}>
        {(control) => (
          <Input
            {...control}
            value={name}
            onChange={(event) => setName(event.target.value)}
            required
            maxLength={80}
            autoComplete="off"
          />
        )}
      </FormField>
      <FormField
        id={`${form}-slug`}
        label={t("slug")}
        hint={t("slugHint")}
        error={(tried || ownSlug !== null) && slugIsWrong ? t("slugWrong") : undefined}
      >
        {(control) => (
          <Input
            {...control}
            mono
            value={slug}
            onChange={(event) => setOwnSlug(event.target.value)}
            required
            autoComplete="off"
          />
        )}
      </FormField>
      <FormField id={`${form}-tier`} label={t("tier")}>
        {(control) => (
          <Select
            {...control}
            value={tier}
            onChange={(event) => setTier(TIERS.find((known) => known === event.target.value) ?? tier)}
          >
            {TIERS.map((known) => (
              <option key={known} value={known}>
                {plan(`tier.${known}`)}
              </option>
            ))}
          </Select>
        )}
      </FormField>
    </FormDialog>
  );
}

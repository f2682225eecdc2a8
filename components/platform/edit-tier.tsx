"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { FEATURES, ISOLATION_LEVELS, type Quota, type TierDto } from "@/lib/tenancy/tiers/contract";
import { api } from "../http/api";
import { FormDialog } from "../http/form-dialog";
import { FormField, Label } from "../ui/form-field";
import { Select } from "../ui/select";
import { Switch } from "../ui/switch";
import { useToast } from "../ui/toast";
import { readLimits, textsOf } from "./limit-fields";
import { LimitInputs } from "./limit-inputs";
import { tiersQuery } from "./queries";

const NONE: ReadonlySet<Quota> = new Set();

export function EditTier({ tier, onClose }: { tier: TierDto; onClose: () => void }) {
  const t = useTranslations("platform.tiers");
  const common = useTranslations("common");
  const plan = useTranslations("plan");
  const levels = useTranslations("platform.levels");
  const form = useId();
  const client = useQueryClient();
  const { toast } = useToast();
  const [texts, setTexts] = useState(textsOf(tier.quotas));
  const [features, setFeatures] = useState<readonly string[]>(tier.features);
  const [isolation, setIsolation] = useState(tier.isolation);
  const [wrong, setWrong] = useState(NONE);
  const name = plan(`tier.${tier.name}`);
  const save = useMutation({
    mutationFn: (quotas: TierDto["quotas"]) =>
      api(`/api/platform/tiers/${tier.name}`, {
        method: "PUT",
        ifMatch: tier.version,
        body: { quotas, features: FEATURES.filter((feature) => features.includes(feature)), isolation },
      }),
    onSuccess: async () => {
      toast({ title: t("saved", { tier: name }) });
      await client.invalidateQueries({ queryKey: tiersQuery.queryKey });
      onClose();
    },
  });
  const onSubmit = () => {
    const read = readLimits(texts);
    setWrong("wrong" in read ? read.wrong : NONE);
    if ("limits" in read) save.mutate(read.limits);
  };
  return (
    <FormDialog
      title={t("edit", { tier: name })}
      description={t("editText")}
      className="max-w-[720px]"
      act={save}
      submit={common("save")}
      onSubmit={onSubmit}
      onClose={onClose}
    >
      <LimitInputs id={form} texts={texts} onTexts={setTexts} wrong={wrong} otherwise={() => plan("none")} />
      <fieldset className="grid gap-2">
        <legend className="mb-1 font-medium">{plan("features")}</legend>
        {FEATURES.map((feature) => (
          <div key={feature} className="flex items-center gap-2">
            <Switch
              id={`${form}-${feature}`}
              checked={features.includes(feature)}
              onCheckedChange={(on) =>
                setFeatures(on ? [...features, feature] : features.filter((other) => other !== feature))
              }
            />
            <Label htmlFor={`${form}-${feature}`}>{plan(`feature.${feature}`)}</Label>
          </div>
        ))}
      </fieldset>
      <FormField id={`${form}-isolation`} label={t("isolation")} hint={t("isolationHint")}>
        {(control) => (
          <Select
            {...control}
            value={isolation}
            onChange={({ target }) =>
              setIsolation(ISOLATION_LEVELS.find((level) => level === target.value) ?? isolation)
            }
          >
            {ISOLATION_LEVELS.map((level) => (
              <option key={level} value={level}>
                {levels(level)}
              </option>
            ))}
          </Select>
        )}
      </FormField>
    </FormDialog>
  );
}

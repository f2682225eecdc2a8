"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import {
  FEATURES,
  type Feature,
  type Overrides,
  type Quota,
  type TenantFacts,
  TIERS,
} from "@/lib/tenancy/tiers/contract";
import { api } from "../http/api";
import { ErrorNotice } from "../http/error-notice";
import { Button } from "../ui/button";
import { Card, CardBody, CardHeader, CardTitle } from "../ui/card";
import { FormField } from "../ui/form-field";
import { Select } from "../ui/select";
import { useToast } from "../ui/toast";
import { readOwnLimits, textsOf } from "./limit-fields";
import { LimitInputs } from "./limit-inputs";
import { TENANTS_KEY, tenantQuery, tiersQuery } from "./queries";

const NONE: ReadonlySet<Quota> = new Set();

/** The tier of a tenant, and what is different for it alone. */
export function TenantPlan({ tenant }: { tenant: TenantFacts }) {
  const t = useTranslations("platform.tenant");
  const common = useTranslations("common");
  const plan = useTranslations("plan");
  const format = useFormatter();
  const form = useId();
  const client = useQueryClient();
  const { toast } = useToast();
  const [tier, setTier] = useState(tenant.tier);
  const [texts, setTexts] = useState(textsOf(tenant.overrides.quotas));
  const [features, setFeatures] = useState(tenant.overrides.features);
  const [wrong, setWrong] = useState(NONE);
  const { data: tiers } = useQuery(tiersQuery);
  const chosen = tiers?.find(({ name }) => name === tier);
  const deleted = tenant.plan.state === "deleted";
  const save = useMutation({
    mutationFn: (overrides: Overrides) =>
      api(`/api/platform/tenants/${tenant.id}`, { method: "PUT", ifMatch: tenant.version, body: { tier, overrides } }),
    onSuccess: async () => {
      toast({ title: t("saved") });
      await client.invalidateQueries({ queryKey: TENANTS_KEY });
      await client.invalidateQueries({ queryKey: tenantQuery(tenant.id).queryKey });
    },
  });
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const read = readOwnLimits(texts);
    setWrong("wrong" in read ? read.wrong : NONE);
    if ("limits" in read) save.mutate({ quotas: read.limits, features });
  };
  const otherwise = (quota: Quota) => {
    const limit = chosen?.quotas[quota];
    if (limit === undefined) return "";
    return limit === null ? plan("none") : format.number(limit);
  };
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("plan")}</CardTitle>
      </CardHeader>
      <CardBody>
        <form id={form} onSubmit={onSubmit} className="grid gap-4">
          {save.isError ? <ErrorNotice error={save.error} /> : null}
          <FormField id={`${form}-tier`} label={t("tier")}>
            {(control) => (
              <Select
                {...control}
                className="max-w-64"
                value={tier}
                disabled={deleted}
                onChange={({ target }) => setTier(TIERS.find((known) => known === target.value) ?? tier)}
              >
                {TIERS.map((known) => (
                  <option key={known} value={known}>
                    {plan(`tier.${known}`)}
                  </option>
                ))}
              </Select>
            )}
          </FormField>
          <fieldset className="grid gap-2" disabled={deleted}>
            <legend className="mb-1 font-medium">{t("own")}</legend>
            <p className="text-12 text-muted">{t("ownText")}</p>
            <LimitInputs id={form} texts={texts} onTexts={setTexts} wrong={wrong} otherwise={otherwise} />
          </fieldset>
          <div className="grid gap-3 sm:grid-cols-2 md:grid-cols-3">
            {FEATURES.map((feature) => (
              <FormField key={feature} id={`${form}-${feature}`} label={plan(`feature.${feature}`)}>
                {(control) => (
                  <Select
                    {...control}
                    disabled={deleted}
                    value={choiceOf(features[feature])}
                    onChange={({ target }) => setFeatures((before) => withChoice(before, feature, target.value))}
                  >
                    <option value="">{t(chosen?.features.includes(feature) ? "asTierYes" : "asTierNo")}</option>
                    <option value="yes">{t("yes")}</option>
                    <option value="no">{t("no")}</option>
                  </Select>
                )}
              </FormField>
            ))}
          </div>
          {deleted ? null : (
            <Button type="submit" variant="primary" className="justify-self-start" pending={save.isPending}>
              {common("save")}
            </Button>
          )}
        </form>
      </CardBody>
    </Card>
  );
}

function choiceOf(own: boolean | undefined): string {
  if (own === undefined) return "";
  return own ? "yes" : "no";
}

function withChoice(before: Overrides["features"], feature: Feature, choice: string): Overrides["features"] {
  const { [feature]: _own, ...others } = before;
  return choice === "" ? others : { ...others, [feature]: choice === "yes" };
}

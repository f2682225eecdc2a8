"use client";

import { useQuery } from "@tanstack/react-query";
import { Check, Minus } from "lucide-react";
import { useTranslations } from "next-intl";
import { FEATURES } from "@/lib/tenancy/tiers/contract";
import { Loaded } from "../http/loaded";
import { useTenant } from "../http/tenant-context";
import { Tag } from "../ui/badge";
import { Card, CardAside, CardBody, CardHeader, CardTitle } from "../ui/card";
import { planQuery } from "./queries";
import { Uses } from "./uses";

/** What this tenant may have, and how much of it it uses. */
export function PlanPage() {
  const t = useTranslations("plan");
  const query = useQuery(planQuery(useTenant()));
  return (
    <Loaded query={query}>
      {({ plan, uses, contact }) => (
        <>
          <Card>
            <CardHeader>
              <CardTitle>{t("title")}</CardTitle>
              <CardAside>
                <Tag>{t(`tier.${plan.tier}`)}</Tag>
              </CardAside>
            </CardHeader>
            <CardBody className="text-soft">{t("lead", { contact })}</CardBody>
            <Uses uses={uses} label={t("limits")} />
          </Card>
          <Card>
            <CardHeader>
              <CardTitle>{t("features")}</CardTitle>
            </CardHeader>
            <CardBody>
              <ul className="grid gap-2">
                {FEATURES.map((feature) => {
                  const has = plan.features.includes(feature);
                  return (
                    <li key={feature} className="flex items-center gap-2">
                      {has ? (
                        <Check className="size-4 text-success" aria-hidden />
                      ) : (
                        <Minus className="size-4 text-muted" aria-hidden />
                      )}
                      <span>{t(`feature.${feature}`)}</span>
                      {has ? null : <span className="text-12 text-muted">{t("notIncluded")}</span>}
                    </li>
                  );
                })}
              </ul>
            </CardBody>
          </Card>
        </>
      )}
    </Loaded>
  );
}

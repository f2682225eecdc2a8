"use client";

import { useQuery } from "@tanstack/react-query";
import { Pencil } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { FEATURES, QUOTAS, type TierDto } from "@/lib/tenancy/tiers/contract";
import { Loaded } from "../http/loaded";
import { Button } from "../ui/button";
import { Card, CardBody, CardHeader, CardTitle } from "../ui/card";
import { Table, Td, Th, Tr } from "../ui/table";
import { EditTier } from "./edit-tier";
import { tiersQuery } from "./queries";

/** What each tier includes, beside each other. */
export function Tiers() {
  const t = useTranslations("platform.tiers");
  const plan = useTranslations("plan");
  const levels = useTranslations("platform.levels");
  const format = useFormatter();
  const query = useQuery(tiersQuery);
  const [editing, setEditing] = useState<TierDto | null>(null);
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
      </CardHeader>
      <CardBody className="text-soft">{t("lead")}</CardBody>
      <Loaded query={query} className="m-4">
        {(tiers) => (
          <Table label={t("title")}>
            <thead>
              <tr>
                <Th>{plan("limit")}</Th>
                {tiers.map((tier) => (
                  <Th key={tier.name} numeric>
                    <span className="inline-flex items-center gap-1">
                      {plan(`tier.${tier.name}`)}
                      <Button
                        variant="quiet"
                        size="icon-sm"
                        aria-label={t("edit", { tier: plan(`tier.${tier.name}`) })}
                        onClick={() => setEditing(tier)}
                      >
                        <Pencil aria-hidden />
                      </Button>
                    </span>
                  </Th>
                ))}
              </tr>
            </thead>
            <tbody>
              {QUOTAS.map((quota) => (
                <Tr key={quota}>
                  <Td>{plan(`quota.${quota}`)}</Td>
                  {tiers.map(({ name, quotas }) => (
                    <Td key={name} numeric>
                      {quotas[quota] === null ? plan("none") : format.number(quotas[quota])}
                    </Td>
                  ))}
                </Tr>
              ))}
              {FEATURES.map((feature) => (
                <Tr key={feature}>
                  <Td>{plan(`feature.${feature}`)}</Td>
                  {tiers.map(({ name, features }) => (
                    <Td key={name} numeric>
                      {features.includes(feature) ? t("yes") : t("no")}
                    </Td>
                  ))}
                </Tr>
              ))}
              <Tr>
                <Td>{t("isolation")}</Td>
                {tiers.map(({ name, isolation }) => (
                  <Td key={name} numeric>
                    {levels(isolation)}
                  </Td>
                ))}
              </Tr>
            </tbody>
          </Table>
        )}
      </Loaded>
      {editing ? <EditTier key={editing.name} tier={editing} onClose={() => setEditing(null)} /> : null}
    </Card>
  );
}

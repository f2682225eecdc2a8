"use client";

import { useQuery } from "@tanstack/react-query";
import { Building2, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ErrorNotice } from "../http/error-notice";
import { Button } from "../ui/button";
import { Card, CardAside, CardHeader, CardTitle } from "../ui/card";
import { EmptyState } from "../ui/empty-state";
import { SkeletonRows } from "../ui/skeleton";
import { Table, Td, Th, Tr } from "../ui/table";
import { RelativeTime } from "../ui/time";
import { NewTenant } from "./new-tenant";
import { tenantsQuery } from "./queries";

export function Tenants() {
  const t = useTranslations("platform.tenants");
  const common = useTranslations("common");
  const [adding, setAdding] = useState(false);
  const { data, error, isPending, refetch } = useQuery(tenantsQuery);
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
        <CardAside>
          {data ? <span>{data.length}</span> : null}
          <Button size="sm" onClick={() => setAdding(true)}>
            <Plus aria-hidden />
            {t("add")}
          </Button>
        </CardAside>
      </CardHeader>
      {isPending ? <SkeletonRows label={common("loading")} /> : null}
      {error && !data ? <ErrorNotice error={error} onRetry={refetch} className="m-4" /> : null}
      {data?.length === 0 ? (
        <EmptyState icon={Building2} title={t("none")}>
          {t("noneText")}
        </EmptyState>
      ) : null}
      {data && data.length > 0 ? (
        <Table label={t("title")}>
          <thead>
            <tr>
              <Th>{t("name")}</Th>
              <Th>{t("slug")}</Th>
              <Th numeric>{t("members")}</Th>
              <Th numeric>{t("since")}</Th>
            </tr>
          </thead>
          <tbody>
            {data.map((tenant) => (
              <Tr key={tenant.id}>
                <Td className="font-medium">{tenant.name}</Td>
                <Td className="font-mono text-12">/{tenant.slug}</Td>
                <Td numeric>{tenant.members}</Td>
                <Td numeric className="text-soft">
                  <RelativeTime value={tenant.createdAt} />
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      ) : null}
      {adding ? <NewTenant onClose={() => setAdding(false)} /> : null}
    </Card>
  );
}

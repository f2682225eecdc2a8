"use client";

import { useQuery } from "@tanstack/react-query";
import { Building2, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Loaded } from "../http/loaded";
import { Button } from "../ui/button";
import { Card, CardAside, CardHeader, CardTitle } from "../ui/card";
import { EmptyState } from "../ui/empty-state";
import { Table, Td, Th, Tr } from "../ui/table";
import { RelativeTime } from "../ui/time";
import { NewTenant } from "./new-tenant";
import { tenantsQuery } from "./queries";

export function Tenants() {
  const t = useTranslations("platform.tenants");
  const [adding, setAdding] = useState(false);
  const query = useQuery(tenantsQuery);
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
        <CardAside>
          {query.data ? <span>{query.data.length}</span> : null}
          <Button size="sm" onClick={() => setAdding(true)}>
            <Plus aria-hidden />
            {t("add")}
          </Button>
        </CardAside>
      </CardHeader>
      <Loaded query={query} className="m-4">
        {(data) =>
          data.length === 0 ? (
            <EmptyState icon={Building2} title={t("none")}>
              {t("noneText")}
            </EmptyState>
          ) : (
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
          )
        }
      </Loaded>
      {adding ? <NewTenant onClose={() => setAdding(false)} /> : null}
    </Card>
  );
}

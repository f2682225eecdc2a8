"use client";

import { useQuery } from "@tanstack/react-query";
import { Gauge } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { parseAsInteger, useQueryState } from "nuqs";
import { Loaded } from "../http/loaded";
import { Share } from "../plan/uses";
import { Card, CardBody, CardHeader, CardTitle } from "../ui/card";
import { EmptyState } from "../ui/empty-state";
import { Table, Td, Th, Tr } from "../ui/table";
import { RelativeTime } from "../ui/time";
import { Pager } from "./pager";
import { tenantsQuery } from "./queries";

const SIZE = 50;
const TIGHT = 0.8;

/** Tenants by how near they are to one of their limits. */
export function UsageList() {
  const t = useTranslations("platform.usage");
  const plan = useTranslations("plan");
  const [page, setPage] = useQueryState("page", parseAsInteger.withDefault(1));
  const query = useQuery(tenantsQuery({ sort: "usage", page, size: SIZE }));
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
      </CardHeader>
      <CardBody className="text-soft">{t("lead")}</CardBody>
      <Loaded query={query} className="m-4">
        {({ tenants, total }) =>
          total === 0 ? (
            <EmptyState icon={Gauge} title={t("none")} />
          ) : (
            <>
              <Table label={t("title")}>
                <thead>
                  <tr>
                    <Th>{t("tenant")}</Th>
                    <Th>{t("tier")}</Th>
                    <Th>{t("nearest")}</Th>
                    <Th className="w-1/3">{plan("share")}</Th>
                    <Th numeric>{t("measured")}</Th>
                  </tr>
                </thead>
                <tbody>
                  {tenants.map(({ id, name, tier, usage }) => (
                    <Tr key={id}>
                      <Td className="font-medium">
                        <Link className="link" href={`/platform/tenants/${id}`}>
                          {name}
                        </Link>
                      </Td>
                      <Td>{plan(`tier.${tier}`)}</Td>
                      <Td>{usage?.quota ? plan(`quota.${usage.quota}`) : "–"}</Td>
                      <Td>
                        {usage ? (
                          <Share
                            used={usage.share}
                            limit={1}
                            tight={usage.share >= TIGHT}
                            full={usage.share >= 1}
                            label={name}
                          />
                        ) : null}
                      </Td>
                      <Td numeric className="text-soft">
                        {usage ? <RelativeTime value={usage.measuredAt} /> : t("notYet")}
                      </Td>
                    </Tr>
                  ))}
                </tbody>
              </Table>
              <Pager page={page} pages={Math.ceil(total / SIZE)} onPage={(next) => void setPage(next)} />
            </>
          )
        }
      </Loaded>
    </Card>
  );
}

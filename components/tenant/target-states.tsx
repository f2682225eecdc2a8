"use client";

import { useQuery } from "@tanstack/react-query";
import { Server } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Loaded } from "../http/loaded";
import { useTenant } from "../http/tenant-context";
import { Drift } from "../targets/drift";
import { targetsQuery } from "../targets/queries";
import { Tag } from "../ui/badge";
import { Card, CardAside, CardHeader, CardTitle } from "../ui/card";
import { EmptyState } from "../ui/empty-state";

export function TargetStates() {
  const t = useTranslations("tenant.overview");
  const tenant = useTenant();
  const query = useQuery(targetsQuery(tenant));
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("targets")}</CardTitle>
        <CardAside>{query.data?.length ?? null}</CardAside>
      </CardHeader>
      <Loaded query={query} rows={2} className="m-4">
        {(targets) =>
          targets.length === 0 ? (
            <EmptyState icon={Server} title={t("noTargets")}>
              {t("noTargetsText")}
            </EmptyState>
          ) : (
            <ul>
              {targets.map((target) => (
                <li
                  key={target.id}
                  className="flex min-h-10 flex-wrap items-center gap-x-3 border-b px-4 py-2 last:border-0"
                >
                  <Link
                    href={tenant.href(`targets/${target.id}`)}
                    className="font-mono text-12 font-medium hover:underline"
                  >
                    {target.name}
                  </Link>
                  <Tag mono>{target.version ? `${target.kind} ${target.version}` : target.kind}</Tag>
                  {target.publishedRevision === null ? null : (
                    <span className="text-12 text-muted">{t("revision", { revision: target.publishedRevision })}</span>
                  )}
                  <Drift state={target.drift.state} className="ml-auto" />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  );
}

"use client";

import { useQuery } from "@tanstack/react-query";
import { Server } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { DriftState } from "@/lib/targets/contract";
import { ErrorNotice } from "../http/error-notice";
import { useTenant } from "../http/tenant-context";
import { Tag } from "../ui/badge";
import { Card, CardAside, CardHeader, CardTitle } from "../ui/card";
import { EmptyState } from "../ui/empty-state";
import { Severity, type SeverityLevel } from "../ui/severity";
import { SkeletonRows } from "../ui/skeleton";
import { targetStatesQuery } from "./queries";

const LEVELS: Record<DriftState, SeverityLevel> = {
  in_sync: "success",
  drifted: "warning",
  foreign: "warning",
  missing: "critical",
  unpublished: "neutral",
  unreadable: "critical",
};

export function TargetStates() {
  const t = useTranslations("tenant.overview");
  const states = useTranslations("targets.drift");
  const common = useTranslations("common");
  const tenant = useTenant();
  const { data, error, isPending, refetch } = useQuery(targetStatesQuery(tenant));
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("targets")}</CardTitle>
        <CardAside>{data?.length ?? null}</CardAside>
      </CardHeader>
      {isPending ? <SkeletonRows rows={2} label={common("loading")} /> : null}
      {error && !data ? <ErrorNotice error={error} onRetry={refetch} className="m-4" /> : null}
      {data?.length === 0 ? (
        <EmptyState icon={Server} title={t("noTargets")}>
          {t("noTargetsText")}
        </EmptyState>
      ) : null}
      <ul>
        {data?.map((target) => (
          <li key={target.id} className="flex min-h-10 flex-wrap items-center gap-x-3 border-b px-4 py-2 last:border-0">
            <Link href={tenant.href(`targets/${target.id}`)} className="font-mono text-12 font-medium hover:underline">
              {target.name}
            </Link>
            <Tag mono>{target.version ? `${target.kind} ${target.version}` : target.kind}</Tag>
            {target.publishedRevision === null ? null : (
              <span className="text-12 text-muted">{t("revision", { revision: target.publishedRevision })}</span>
            )}
            <Severity level={LEVELS[target.drift.state]} className="ml-auto">
              {states(target.drift.state)}
            </Severity>
          </li>
        ))}
      </ul>
    </Card>
  );
}

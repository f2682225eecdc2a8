"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { PublicationStatus } from "@/lib/publishing/contract";
import { useTenant } from "../http/tenant-context";
import { Card, CardAside, CardBody, CardHeader, CardTitle } from "../ui/card";
import { Severity, type SeverityLevel } from "../ui/severity";
import { Skeleton } from "../ui/skeleton";
import { RelativeTime } from "../ui/time";
import { NextSteps } from "./next-steps";
import { publicationsQuery, summaryQuery } from "./queries";
import { TargetStates } from "./target-states";

const COUNTED = ["receivers", "routes", "inhibitRules", "timeIntervals", "templates"] as const;
const PATHS = {
  receivers: "receivers",
  routes: "routes",
  inhibitRules: "inhibit-rules",
  timeIntervals: "time-intervals",
  templates: "templates",
} as const;

export const PUBLICATION_LEVELS: Record<PublicationStatus, SeverityLevel> = {
  requested: "neutral",
  running: "info",
  verified: "success",
  unverified: "warning",
  failed: "critical",
  restored: "warning",
};

export function Overview() {
  return (
    <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_340px]">
      <div className="grid min-w-0 content-start gap-4">
        <ConfigurationCard />
        <TargetStates />
      </div>
      <div className="grid min-w-0 content-start gap-4">
        <NextSteps />
        <Publications />
      </div>
    </div>
  );
}

function ConfigurationCard() {
  const t = useTranslations("tenant");
  const tenant = useTenant();
  const { data: summary } = useQuery(summaryQuery(tenant));
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("overview.configuration")}</CardTitle>
        <CardAside>
          {summary ? (
            summary.live === null ? (
              t("overview.nothingLive")
            ) : (
              <Link href={tenant.href(`revisions/${summary.live.revision}`)} className="link">
                {t("overview.live", { revision: summary.live.revision })}
              </Link>
            )
          ) : (
            <Skeleton className="w-24" />
          )}
        </CardAside>
      </CardHeader>
      <ul className="grid grid-cols-2 sm:grid-cols-5">
        {COUNTED.map((name) => (
          <li key={name} className="border-line max-sm:not-last:border-b sm:border-r sm:last:border-r-0">
            <Link
              href={tenant.href(PATHS[name])}
              className="block px-4 py-3 hover:bg-hover focus-visible:-outline-offset-2"
            >
              <span className="block text-24 font-semibold">
                {summary ? (summary.counts[name] ?? 0) : <Skeleton className="my-1 h-6 w-8" />}
              </span>
              <span className="block text-muted">{t(`nav.${name}`)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Publications() {
  const t = useTranslations("tenant");
  const tenant = useTenant();
  const { data } = useQuery(publicationsQuery(tenant));
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("overview.publications")}</CardTitle>
      </CardHeader>
      {data?.length === 0 ? <CardBody className="text-muted">{t("overview.noPublications")}</CardBody> : null}
      <ul>
        {(data ?? []).slice(0, 5).map((publication) => (
          <li key={publication.id} className="flex min-h-9 items-center gap-3 border-b px-4 py-1.5 last:border-0">
            <Link href={tenant.href(`revisions/${publication.revision}`)} className="hover:underline">
              {t("overview.revision", { revision: publication.revision })}
            </Link>
            <RelativeTime value={publication.requestedAt} className="text-12 text-muted" />
            <Severity level={PUBLICATION_LEVELS[publication.status]} className="ml-auto">
              {t(`publication.${publication.status}`)}
            </Severity>
          </li>
        ))}
      </ul>
    </Card>
  );
}

"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { TenantFacts } from "@/lib/tenancy/tiers/contract";
import { Loaded } from "../http/loaded";
import { Uses } from "../plan/uses";
import { Card, CardBody, CardHeader, CardTitle } from "../ui/card";
import { RelativeTime } from "../ui/time";
import { tenantQuery, tenantUsageQuery } from "./queries";
import { ResetFactors } from "./reset-factors";
import { StateTag } from "./state-tag";
import { TenantIsolation } from "./tenant-isolation";
import { TenantLife } from "./tenant-life";
import { TenantPlan } from "./tenant-plan";

/** What an operator may know and do about one tenant; nothing of what is in it. */
export function TenantAdministration({ id }: { id: string }) {
  const t = useTranslations("platform.tenant");
  const query = useQuery(tenantQuery(id));
  return (
    <>
      <Link href="/platform/tenants" className="link inline-flex items-center gap-1 justify-self-start">
        <ArrowLeft className="size-4" aria-hidden />
        {t("all")}
      </Link>
      <Loaded query={query}>
        {(tenant) => (
          <>
            <Facts tenant={tenant} />
            <TenantPlan key={tenant.version} tenant={tenant} />
            <Usage id={id} />
            <TenantIsolation tenant={tenant} />
            <ResetFactors />
            <TenantLife tenant={tenant} />
          </>
        )}
      </Loaded>
    </>
  );
}

function Facts({ tenant }: { tenant: TenantFacts }) {
  const t = useTranslations("platform.tenants");
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
      <h2 className="text-16 font-semibold [overflow-wrap:anywhere]">{tenant.name}</h2>
      <code className="text-12 text-muted">/{tenant.slug}</code>
      <StateTag state={tenant.plan.state} />
      <span className="text-12 text-muted">
        {t("since")} <RelativeTime value={tenant.createdAt} />
      </span>
    </div>
  );
}

function Usage({ id }: { id: string }) {
  const t = useTranslations("platform.tenant");
  const query = useQuery(tenantUsageQuery(id));
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("usage")}</CardTitle>
      </CardHeader>
      <CardBody className="text-soft">{t("usageText")}</CardBody>
      <Loaded query={query} className="m-4">
        {({ uses }) => <Uses uses={uses} label={t("usage")} />}
      </Loaded>
    </Card>
  );
}

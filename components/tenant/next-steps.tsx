"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowRight } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useTenant } from "../http/tenant-context";
import { targetsQuery } from "../targets/queries";
import { Card, CardBody, CardHeader, CardTitle } from "../ui/card";
import { SkeletonRows } from "../ui/skeleton";
import { summaryQuery } from "./queries";
import { unresolvedTargets } from "./unresolved";

/** What this person can do next, drawn from the state of the tenant and their role; never more than is true. */
export function NextSteps() {
  const t = useTranslations("tenant.overview");
  const common = useTranslations("common");
  const tenant = useTenant();
  const { data: summary } = useQuery(summaryQuery(tenant));
  const { data: targets } = useQuery(targetsQuery(tenant));

  const steps: { key: string; text: string; href: string }[] = [];
  if (summary) {
    const open = summary.counts.changes ?? 0;
    const fresh = summary.live === null;
    if (summary.problems.errors > 0) {
      steps.push({ key: "errors", text: t("step.errors", { count: summary.problems.errors }), href: "changes" });
    }
    const drifted = unresolvedTargets(targets ?? [])[0];
    if (drifted) steps.push({ key: "drift", text: t("step.drift"), href: `targets/${drifted.id}` });
    if (fresh && tenant.can("configuration:edit")) {
      steps.push({ key: "import", text: t("step.import"), href: "import" });
      steps.push({ key: "receiver", text: t("step.receiver"), href: "receivers" });
    }
    if (open > 0) steps.push({ key: "review", text: t("step.review", { count: open }), href: "changes" });
    if (fresh && tenant.can("members:manage")) {
      steps.push({ key: "invite", text: t("step.invite"), href: "settings/members" });
    }
  }

  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("next")}</CardTitle>
      </CardHeader>
      {summary ? null : <SkeletonRows rows={2} label={common("loading")} />}
      {summary && steps.length === 0 ? <CardBody className="text-muted">{t("step.none")}</CardBody> : null}
      <ol>
        {steps.map((step) => (
          <li key={step.key} className="border-b last:border-0">
            <Link
              href={tenant.href(step.href)}
              className="flex min-h-10 items-center gap-2 px-4 py-2 hover:bg-hover focus-visible:-outline-offset-2"
            >
              {step.text}
              <ArrowRight className="ml-auto size-4 shrink-0 text-muted" aria-hidden />
            </Link>
          </li>
        ))}
      </ol>
    </Card>
  );
}

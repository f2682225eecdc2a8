"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { TargetDto } from "@/lib/targets/contract";
import { type CurrentTenant, useTenant } from "../http/tenant-context";
import { cn } from "../ui/cn";
import { SeverityIcon, severityText } from "../ui/severity";
import { lastPublication, publicationsQuery, targetStatesQuery } from "./queries";

const LOUD = ["drifted", "foreign", "missing", "unreadable"] as const;

export function driftedTargets(targets: readonly TargetDto[]): TargetDto[] {
  return targets.filter((target) => LOUD.some((state) => state === target.drift.state));
}

/** One line above every page while what runs is not what was published. */
export function ProblemBanner() {
  const t = useTranslations("tenant.banner");
  const tenant = useTenant();
  const { data: publications } = useQuery(publicationsQuery(tenant));
  const { data: targets } = useQuery(targetStatesQuery(tenant));
  const last = lastPublication(publications ?? []);
  const drifted = driftedTargets(targets ?? []);

  if (last && (last.status === "failed" || last.status === "restored" || last.status === "unverified")) {
    return (
      <Line
        level={last.status === "failed" ? "critical" : "warning"}
        href={publicationHref(tenant, last)}
        text={t(last.status, { revision: last.revision })}
        detail={last.error?.message}
        show={t("show")}
      />
    );
  }
  const first = drifted[0];
  if (!first) return null;
  return (
    <Line
      level="warning"
      href={tenant.href(`targets/${first.id}`)}
      text={t("drift", { target: drifted.map((target) => target.name).join(", ") })}
      show={t("show")}
    />
  );
}

function publicationHref(tenant: CurrentTenant, publication: { changeId: string | null; revision: number }): string {
  return tenant.href(publication.changeId ? `changes/${publication.changeId}` : `revisions/${publication.revision}`);
}

function Line(props: { level: "critical" | "warning"; href: string; text: string; detail?: string; show: string }) {
  const { level, href, text, detail, show } = props;
  return (
    <div
      role="status"
      className={cn(
        "flex min-h-9 flex-wrap items-center gap-x-2 gap-y-0.5 border-b px-4 py-1.5 md:px-6",
        level === "critical" ? "border-critical-line bg-critical-soft" : "border-warning-line bg-warning-soft",
      )}
    >
      <SeverityIcon level={level} />
      <span className={cn("font-medium", severityText[level])}>{text}</span>
      {detail ? <span className="min-w-0 truncate text-soft max-md:hidden">{detail}</span> : null}
      <Link href={href} className="link ml-auto">
        {show}
      </Link>
    </div>
  );
}

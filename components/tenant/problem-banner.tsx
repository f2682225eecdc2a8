"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Check } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { type PublicationDto, publicationDtoSchema } from "@/lib/publishing/contract";
import { api } from "../http/api";
import { useFailureToast } from "../http/failure-toast";
import { type CurrentTenant, useTenant } from "../http/tenant-context";
import { AcknowledgeDrift } from "../targets/acknowledge-drift";
import { targetsQuery } from "../targets/queries";
import { Button } from "../ui/button";
import { cn } from "../ui/cn";
import { SeverityIcon, severityText } from "../ui/severity";
import { useToast } from "../ui/toast";
import { publicationsQuery } from "./queries";
import { unresolvedPublication, unresolvedTargets } from "./unresolved";

/** Above every page while what runs is not what was published, until that is over or somebody says that it was seen. */
export function ProblemBanner() {
  const t = useTranslations("tenant.banner");
  const tenant = useTenant();
  const { data: publications } = useQuery(publicationsQuery(tenant));
  const { data: targets } = useQuery(targetsQuery(tenant));
  const failed = unresolvedPublication(publications ?? []);
  const differing = unresolvedTargets(targets ?? []);
  const first = differing[0];
  return (
    <>
      {failed ? (
        <Line
          level={failed.status === "failed" ? "critical" : "warning"}
          href={publicationHref(tenant, failed)}
          text={t(failed.status, { revision: failed.revision })}
          detail={failed.error?.upstream ?? failed.error?.message}
          show={t("show")}
        >
          <AcknowledgePublication publication={failed} />
        </Line>
      ) : null}
      {first ? (
        <Line
          level="warning"
          href={tenant.href(differing.length === 1 ? `targets/${first.id}` : "targets")}
          text={t(`drift.${first.drift.state}`, { target: first.name })}
          {...(differing.length > 1 ? { detail: t("more", { count: differing.length - 1 }) } : {})}
          show={t("show")}
        >
          {differing.length === 1 ? <AcknowledgeDrift target={first} size="sm" variant="quiet" /> : null}
        </Line>
      ) : null}
    </>
  );
}

function publicationHref(tenant: CurrentTenant, publication: { changeId: string | null; revision: number }): string {
  return tenant.href(publication.changeId ? `changes/${publication.changeId}` : `revisions/${publication.revision}`);
}

function AcknowledgePublication({ publication }: { publication: PublicationDto }) {
  const t = useTranslations("targets");
  const tenant = useTenant();
  const client = useQueryClient();
  const { toast } = useToast();
  const acknowledge = useMutation({
    mutationFn: () =>
      api(tenant.endpoint(`publications/${publication.id}/acknowledge`), {
        method: "POST",
        body: {},
        schema: publicationDtoSchema,
      }),
    onSuccess: () => toast({ title: t("acknowledgedNow") }),
    onError: useFailureToast(),
    onSettled: () => client.invalidateQueries({ queryKey: publicationsQuery(tenant).queryKey }),
  });
  if (!tenant.can("configuration:publish")) return null;
  return (
    <Button
      size="sm"
      variant="quiet"
      pending={acknowledge.isPending}
      onClick={() => acknowledge.mutate()}
      title={t("acknowledgeHint")}
    >
      <Check aria-hidden />
      {t("acknowledge")}
    </Button>
  );
}

type LineProps = {
  level: "critical" | "warning";
  href: string;
  text: string;
  detail?: string;
  show: string;
  children?: ReactNode;
};

function Line({ level, href, text, detail, show, children }: LineProps) {
  return (
    <div
      role="status"
      className={cn(
        "flex min-h-10 flex-wrap items-center gap-x-2 gap-y-0.5 border-b px-4 py-1 md:flex-nowrap md:px-6",
        level === "critical" ? "border-critical-line bg-critical-soft" : "border-warning-line bg-warning-soft",
      )}
    >
      <SeverityIcon level={level} />
      <span className={cn("font-medium max-md:min-w-0 max-md:flex-1 md:shrink-0", severityText[level])}>{text}</span>
      {detail ? <span className="min-w-0 truncate text-soft max-md:hidden">{detail}</span> : null}
      <span className={cn("ml-auto flex shrink-0 items-center gap-2", children && "max-md:w-full max-md:justify-end")}>
        {children}
        <Link href={href} className="link">
          {show}
        </Link>
      </span>
    </div>
  );
}

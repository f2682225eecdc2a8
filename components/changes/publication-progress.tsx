"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { History } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { Config } from "@/lib/alertmanager";
import { isFinal, type PublicationDto, type PublicationStepDto } from "@/lib/publishing/contract";
import { chosenChange } from "../editor/chosen-change";
import { placeOf } from "../editor/place";
import { pathText } from "../editor/problems-pane";
import { chooseChange } from "../editor/session";
import { useShowChange } from "../editor/use-show-change";
import { reveal } from "../fields/reveal";
import { ErrorNotice } from "../http";
import { useTenant } from "../http/tenant-context";
import { Button } from "../ui/button";
import { Notice, Severity, type SeverityLevel } from "../ui/severity";
import { ExactTime } from "../ui/time";
import { Occupied } from "./occupied";
import { bringBack } from "./queries";

const STEP_LEVELS: Record<PublicationStepDto["status"], SeverityLevel> = {
  pending: "neutral",
  running: "info",
  done: "success",
  unverified: "warning",
  failed: "critical",
  skipped: "neutral",
};

const LEVELS: Record<PublicationDto["status"], SeverityLevel> = {
  requested: "info",
  running: "info",
  verified: "success",
  unverified: "warning",
  failed: "critical",
  restored: "warning",
};

type ProgressProps = {
  publication: PublicationDto;
  /** The draft in which what was refused can be repaired. */
  change?: { id: string; config: Config };
  onOverwrite?: (targetId: string) => void;
  pending?: boolean;
};

/** Each target with its steps as they happen; never green before the target itself has said so. */
export function PublicationProgress({ publication, ...ways }: ProgressProps) {
  const t = useTranslations("changes.publication");
  const { status, error, acknowledged } = publication;
  const places = new Map<string, PublicationStepDto[]>();
  for (const step of publication.steps) {
    const place = step.replica ? `${step.target.name} · ${step.replica}` : step.target.name;
    places.set(place, [...(places.get(place) ?? []), step]);
  }
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3" aria-live="polite">
      <Severity level={LEVELS[status]}>{t(`statuses.${status}`)}</Severity>
      <p className="text-muted">{t(`explained.${status}`, { revision: publication.revision })}</p>
      {publication.bypass === null ? null : (
        <Notice level="critical" title={t("bypassed", { name: publication.requestedBy })}>
          <p>{publication.bypass}</p>
        </Notice>
      )}
      {error ? <Failure error={error} {...ways} /> : null}
      {[...places].map(([place, steps]) => (
        <div key={place}>
          <p className="font-mono text-12 font-medium [overflow-wrap:anywhere]">{place}</p>
          <ul className="mt-1 grid gap-1">
            {steps.map((step) => (
              <li key={step.step} className="text-12">
                <span className="flex flex-wrap items-center gap-x-3">
                  <Severity level={STEP_LEVELS[step.status]} className="font-normal">
                    {t(`steps.${step.step}`)}
                  </Severity>
                  <span className="ml-auto text-muted">{t(`stepStatuses.${step.status}`)}</span>
                </span>
                {step.detail && step.detail !== error?.upstream && step.detail !== error?.message ? (
                  <span className="block pl-5.5 text-muted [overflow-wrap:anywhere]">{step.detail}</span>
                ) : null}
              </li>
            ))}
          </ul>
        </div>
      ))}
      {isFinal(status) && publication.finishedAt ? (
        <p className="text-12 text-muted">
          <ExactTime value={publication.finishedAt} />
          {acknowledged ? ` · ${t("acknowledgedBy", { name: acknowledged.by })}` : null}
        </p>
      ) : null}
      {publication.replaced && (status === "verified" || status === "unverified") ? (
        <BringBack publication={publication} />
      ) : null}
    </div>
  );
}

/** Opens a change with the file that was overwritten; published unchanged, it is that file again to the byte. */
function BringBack({ publication }: { publication: PublicationDto }) {
  const t = useTranslations("changes.publication");
  const tenant = useTenant();
  const show = useShowChange();
  const bring = useMutation({
    mutationFn: () => bringBack(tenant, publication.id),
    onSuccess: ({ change }) => show(change),
  });
  if (!tenant.can("configuration:edit")) return null;
  return (
    <div className="grid justify-items-start gap-1.5 border-t pt-3">
      <p className="text-12 text-muted">{t("replaced")}</p>
      <Button size="sm" pending={bring.isPending} onClick={() => bring.mutate()}>
        <History aria-hidden />
        {t("bringBack")}
      </Button>
      {bring.error ? <ErrorNotice error={bring.error} /> : null}
    </div>
  );
}

type FailureProps = Omit<ProgressProps, "publication"> & { error: NonNullable<PublicationDto["error"]> };

/** The target's own words, the place in the form that they mean, and the ways on. */
function Failure({ error, change, onOverwrite, pending }: FailureProps) {
  const t = useTranslations("changes.publication");
  const errors = useTranslations("errors");
  const tenant = useTenant();
  const client = useQueryClient();
  const router = useRouter();
  const { path, code, target, replica } = error;
  const occupied = code === "foreign_file" || code === "drifted";
  const goTo = (to: NonNullable<typeof path>, { id: changeId, config }: NonNullable<typeof change>) => {
    if (chosenChange(tenant.slug) !== changeId) chooseChange(tenant, client, changeId);
    const { page, id } = placeOf(to, config);
    router.push(`${tenant.href(page)}#${id}`);
    reveal(id);
  };
  return (
    <Notice
      level="critical"
      role="alert"
      title={errors.has(code) ? errors(code) : t("failed")}
      actions={
        occupied ? (
          <Occupied
            details={{ ...(target ? { target } : {}), ...(replica ? { replica } : {}) }}
            pending={pending}
            onOverwrite={onOverwrite}
          />
        ) : path && change ? (
          <Button size="sm" className="max-w-full shrink" onClick={() => goTo(path, change)}>
            <span className="truncate">{t("goTo", { path: pathText(path) })}</span>
          </Button>
        ) : undefined
      }
    >
      <p>{error.message}</p>
      {error.upstream ? (
        <>
          <p className="mt-1.5 text-12 text-muted">{t("words", { target: replica ?? target ?? "" })}</p>
          <p className="font-mono text-12 text-soft">{error.upstream}</p>
        </>
      ) : null}
    </Notice>
  );
}

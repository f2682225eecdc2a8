"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { Config } from "@/lib/alertmanager";
import { isFinal, type PublicationDto, type PublicationStepDto } from "@/lib/publishing/contract";
import { placeOf } from "../editor/place";
import { pathText } from "../editor/problems-pane";
import { reveal } from "../fields/reveal";
import { useTenant } from "../http/tenant-context";
import { Button } from "../ui/button";
import { Notice, Severity, type SeverityLevel } from "../ui/severity";
import { ExactTime } from "../ui/time";

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

/** Each target with its steps as they happen; never green before the target itself has said so. */
export function PublicationProgress({ publication, config }: { publication: PublicationDto; config: Config }) {
  const t = useTranslations("changes.publication");
  const places = new Map<string, PublicationStepDto[]>();
  for (const step of publication.steps) {
    const place = step.replica ? `${step.target.name} · ${step.replica}` : step.target.name;
    places.set(place, [...(places.get(place) ?? []), step]);
  }
  return (
    <div className="grid gap-3" aria-live="polite">
      <Severity level={LEVELS[publication.status]}>{t(`statuses.${publication.status}`)}</Severity>
      <p className="text-muted">{t(`explained.${publication.status}`, { revision: publication.revision })}</p>
      {[...places].map(([place, steps]) => (
        <div key={place}>
          <p className="font-medium">{place}</p>
          <ul className="mt-1 grid gap-1">
            {steps.map((step) => (
              <li key={step.step} className="text-12">
                <span className="flex flex-wrap items-center gap-x-3">
                  <Severity level={STEP_LEVELS[step.status]} className="font-normal">
                    {t(`steps.${step.step}`)}
                  </Severity>
                  <span className="ml-auto text-muted">{t(`stepStatuses.${step.status}`)}</span>
                </span>
                {step.detail ? <span className="block pl-5.5 text-muted">{step.detail}</span> : null}
              </li>
            ))}
          </ul>
        </div>
      ))}
      {publication.error ? <Failure error={publication.error} config={config} /> : null}
      {isFinal(publication.status) && publication.finishedAt ? (
        <p className="text-12 text-muted">
          <ExactTime value={publication.finishedAt} />
        </p>
      ) : null}
    </div>
  );
}

function Failure({ error, config }: { error: NonNullable<PublicationDto["error"]>; config: Config }) {
  const t = useTranslations("changes.publication");
  const errors = useTranslations("errors");
  const tenant = useTenant();
  const router = useRouter();
  const { path } = error;
  const goTo = (to: NonNullable<typeof path>) => {
    const { page, id } = placeOf(to, config);
    router.push(`${tenant.href(page)}#${id}`);
    reveal(id);
  };
  return (
    <Notice
      level="critical"
      role="alert"
      title={errors.has(error.code) ? errors(error.code) : t("failed")}
      actions={
        path ? (
          <Button size="sm" onClick={() => goTo(path)}>
            {t("goTo", { path: pathText(path) })}
          </Button>
        ) : undefined
      }
    >
      <p>{error.message}</p>
      {error.upstream ? <p className="mt-1 font-mono text-12 text-soft">{error.upstream}</p> : null}
    </Notice>
  );
}

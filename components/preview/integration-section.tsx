"use client";

import { Equal } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { memo, type ReactNode } from "react";
import { type CasePreview, INTEGRATIONS, type IntegrationPreview } from "@/lib/alertmanager";
import { LooksLike } from "./looks/looks-like";
import { Failed, Silent, Warnings } from "./outcome";
import { PaneSection } from "./pane-section";
import { RequestList } from "./request-list";
import { sizeOf } from "./request-size";

export type IntegrationSectionProps = {
  integration: IntegrationPreview;
  profile: string;
  shownCase: string;
  show: "looks" | "request";
  now: string;
  onShowRequest: (() => void) | undefined;
};

/** What one integration sends in the chosen case. Drawn anew only when that changes. */
export const IntegrationSection = memo((props: IntegrationSectionProps) => {
  const { integration, profile, shownCase, show } = props;
  const { key, index, cases } = integration;
  const one = cases.find((each) => each.case === shownCase) ?? cases[0];
  if (!one) return null;
  return (
    <PaneSection mono title={`${key}[${index}]`} aside={<Amount requests={one.requests} />}>
      <Outcome one={one} integration={integration} profile={profile} />
      {one.requests.length === 0 ? null : show === "looks" ? (
        <Looks {...props} one={one} />
      ) : (
        <RequestList requests={one.requests} />
      )}
      <Warnings warnings={one.warnings} shownCase={one.case} integration={integration} profile={profile} />
    </PaneSection>
  );
});
IntegrationSection.displayName = "IntegrationSection";

function Outcome({
  one,
  integration,
  profile,
}: {
  one: CasePreview;
  integration: IntegrationPreview;
  profile: string;
}) {
  if (one.outcome === "sent") return null;
  if (one.outcome === "silent") return <Silent one={one} integration={integration} />;
  return <Failed one={one} integration={integration} profile={profile} />;
}

function Amount({ requests }: Pick<CasePreview, "requests">) {
  const t = useTranslations("preview");
  const format = useFormatter();
  const bytes = sizeOf(requests);
  const size =
    bytes < 1_000
      ? format.number(bytes, { style: "unit", unit: "byte", unitDisplay: "narrow" })
      : format.number(bytes / 1_000, {
          style: "unit",
          unit: "kilobyte",
          unitDisplay: "short",
          maximumFractionDigits: 1,
        });
  return requests.length === 0 ? t("noRequest") : t("requests", { count: requests.length, size });
}

function Looks({ integration, one, now, onShowRequest }: IntegrationSectionProps & { one: CasePreview }) {
  const t = useTranslations("preview");
  const link = (chunks: ReactNode) =>
    onShowRequest ? (
      <button type="button" className="link" onClick={onShowRequest}>
        {chunks}
      </button>
    ) : (
      chunks
    );
  return (
    <>
      <LooksLike integration={integration.key} requests={one.requests} now={now} />
      <p className="flex gap-2 text-12 text-muted">
        <Equal className="mt-px size-3.5 shrink-0" aria-hidden />
        <span>
          {one.requests.some((request) => "smtp" in request && request.approximation)
            ? t("mailApproximation")
            : t.rich("approximation", { name: INTEGRATIONS[integration.key].label, link })}
        </span>
      </p>
    </>
  );
}

"use client";

import { useTranslations } from "next-intl";
import type { AlertTrace, Config } from "@/lib/alertmanager";
import type { InjectedMatcher } from "../editor/injected-matchers";
import { SaveExpectation } from "../expectations/save-expectation";
import { Card, CardAside, CardHeader } from "../ui/card";
import { Chip } from "../ui/chip";
import { Notice } from "../ui/severity";
import type { Labels } from "./alerts-text";
import { DeliveryRow } from "./delivery-row";
import { WhyTree } from "./why-tree";

export type TraceCardProps = {
  labels: Labels;
  trace: AlertTrace;
  config: Config;
  /** The instant that it is about. */
  at: number;
  /** Alerts that fire now and may inhibit. */
  heard: number;
  injected: readonly InjectedMatcher[];
};

/** Where one alert goes, when, what keeps it, and why. */
export function TraceCard({ labels, trace, config, at, heard, injected }: TraceCardProps) {
  const t = useTranslations("tester");
  const { deliveries, inhibitedBy, explanation } = trace;
  const receivers = [...new Set(deliveries.map(({ match }) => match.receiver))];
  return (
    <Card aria-label={t("resultFor", { alert: labels.alertname ?? Object.values(labels)[0] ?? "" })}>
      <CardHeader>
        <h2 className="flex min-w-0 flex-wrap gap-1 py-1">
          <LabelChips labels={labels} />
        </h2>
        {receivers.length > 0 ? (
          <CardAside>
            <SaveExpectation labels={labels} receiversOf={() => receivers} />
          </CardAside>
        ) : null}
      </CardHeader>
      <div className="grid gap-4 p-4">
        {deliveries.length === 0 ? (
          <Notice level="critical" title={t("nobody")}>
            {injected.length > 0 ? <p>{t("nobodyInjected")}</p> : null}
          </Notice>
        ) : null}
        {deliveries.length > 0 ? (
          <ul className="grid gap-3" aria-label={t("receivers")}>
            {deliveries.map((delivery) => (
              <DeliveryRow
                key={delivery.match.routeID}
                delivery={delivery}
                inhibited={inhibitedBy.length > 0}
                config={config}
                at={at}
              />
            ))}
          </ul>
        ) : null}
        {inhibitedBy.map(({ rule, name, sources }) => (
          <Notice
            key={rule}
            level="warning"
            title={name === "" ? t("inhibited", { rule: rule + 1 }) : t("inhibitedNamed", { rule: rule + 1, name })}
          >
            <p>{t("inhibitedText", { count: sources.length })}</p>
            {sources.slice(0, 3).map((source) => (
              <p key={JSON.stringify(source)} className="mt-1 flex flex-wrap gap-1">
                <LabelChips labels={source} />
              </p>
            ))}
          </Notice>
        ))}
        <p className="text-12 text-muted">{t("inhibitionLooked", { count: heard })}</p>
        <WhyTree explanation={explanation} labels={labels} config={config} injected={injected} />
      </div>
    </Card>
  );
}

function LabelChips({ labels }: { labels: Labels }) {
  return Object.entries(labels).map(([name, value]) => <Chip key={name} name={name} operator="=" value={value} />);
}

"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useMemo } from "react";
import { type ConfigChange, type ConfigDocument, diffConfig, planLine, renderConfig } from "@/lib/alertmanager";
import { TextDiff, type TextDiffProps } from "../editor/text-diff";
import { Card, CardAside, CardHeader, CardTitle } from "../ui/card";
import { PlanLine } from "./plan-line";
import { StepsList } from "./steps-list";
import { TemplateDiffs } from "./template-diffs";

export type DifferencesProps = {
  before: ConfigDocument;
  after: ConfigDocument;
  labels?: { before: string; after: string };
  /** Stands beside the steps, above the text. */
  aside?: ReactNode;
  /** Stands below the steps. */
  below?: ReactNode;
  /** The second plan line, and what it comes from: what changes for alerts. */
  behaviour?: { line: ReactNode; details: ReactNode };
  /** What people say of it, and a line whose number somebody pressed. */
  talk?: (texts: { steps: readonly ConfigChange[]; yaml: string }) => ReactNode;
  onLine?: NonNullable<TextDiffProps["onLine"]>;
};

/** Two documents: the plan line, what changes in the words of the configuration, and the text. */
export function Differences({ before, after, labels, aside, below, behaviour, talk, onLine }: DifferencesProps) {
  const t = useTranslations("changes");
  const changes = useMemo(() => diffConfig(before, after), [before, after]);
  const texts = useMemo(
    () => ({ before: renderConfig(before).yaml, after: renderConfig(after).yaml }),
    [before, after],
  );
  const steps = (
    <Card className="overflow-hidden">
      <CardHeader>
        <CardTitle>{t("whatChanges")}</CardTitle>
        <CardAside>{t("stepCount", { count: changes.length })}</CardAside>
      </CardHeader>
      <StepsList changes={changes} />
    </Card>
  );
  return (
    <>
      <Card className="overflow-hidden">
        <PlanLine plan={planLine(changes)} />
        {behaviour?.line}
      </Card>
      {aside ? (
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_320px]">
          <div className="grid min-w-0 gap-4">
            {behaviour?.details}
            {steps}
            {below}
          </div>
          {aside}
        </div>
      ) : (
        <>
          {behaviour?.details}
          {steps}
        </>
      )}
      <TextDiff title="alertmanager.yml" {...texts} {...(labels ? { labels } : {})} {...(onLine ? { onLine } : {})} />
      {talk?.({ steps: changes, yaml: texts.after })}
      <TemplateDiffs before={before.templates} after={after.templates} />
    </>
  );
}

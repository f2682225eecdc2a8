"use client";

import { useTranslations } from "next-intl";
import { useCallback, useDeferredValue } from "react";
import { Notice } from "../ui/severity";
import { SkeletonRows } from "../ui/skeleton";
import { CaseStrip } from "./case-strip";
import { IntegrationSection } from "./integration-section";
import { ReachedBy } from "./reached-by";
import { SampleLine } from "./sample-line";
import { Timing } from "./timing";
import { usePreviewChoice, usePreviewer, usePreviewOf } from "./use-preview";

export type ReceiverPreviewViewProps = {
  receiverId: string;
  /** As its readers see it, or to the byte. */
  show: "looks" | "request";
  /** Leads from how it looks to what is sent exactly. */
  onShowRequest?: () => void;
  /** False where another view on the page has the cases and the sample: the choice is one for all. */
  controls?: boolean;
};

const NONE = [] as const;

/**
 * What a receiver sends, case by case, as the document says now. It follows the typing when the browser has the time:
 * nobody's keystroke waits for it.
 */
export function ReceiverPreviewView({ receiverId, show, onShowRequest, controls = true }: ReceiverPreviewViewProps) {
  const t = useTranslations("preview");
  const previewer = usePreviewer();
  const choice = usePreviewChoice(previewer);
  const { previewed: newest, error } = usePreviewOf(previewer, receiverId);
  const previewed = useDeferredValue(newest);
  const shownCase = useDeferredValue(choice.case);
  const chooseCase = useCallback((id: string) => previewer.choose({ case: id }), [previewer]);
  return (
    <div className="min-w-0">
      {controls ? (
        <div className="grid gap-2 border-b px-4 py-3">
          <CaseStrip integrations={previewed?.integrations ?? NONE} chosen={choice.case} onChoose={chooseCase} />
          <SampleLine previewer={previewer} />
        </div>
      ) : null}
      {error ? (
        <Notice level="critical" className="mx-4 mt-3" title={t("stopped")} role="status">
          <p>{t("stoppedText", { reason: error instanceof Error ? error.message : String(error) })}</p>
        </Notice>
      ) : null}
      {previewed ? (
        <div className="divide-y px-4">
          {previewed.integrations.length === 0 ? <p className="py-4 text-muted">{t("noIntegrations")}</p> : null}
          {previewed.integrations.map((integration) => (
            <IntegrationSection
              key={`${integration.key}-${integration.index}`}
              integration={integration}
              profile={previewed.profile}
              shownCase={shownCase}
              show={show}
              now={previewer.now}
              onShowRequest={onShowRequest}
            />
          ))}
          {show === "looks" ? (
            <>
              <Timing timing={previewed.reach.timing} />
              <ReachedBy reach={previewed.reach} />
            </>
          ) : null}
        </div>
      ) : error ? null : (
        <SkeletonRows label={t("loading")} className="py-4" />
      )}
    </div>
  );
}

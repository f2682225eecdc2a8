"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import type { PostedAlert } from "@/lib/alertmanager";
import { Button } from "../ui/button";
import { Dialog, DialogContent } from "../ui/dialog";
import { FieldError, FormField } from "../ui/form-field";
import { Input } from "../ui/input";
import { PairsInput } from "./pairs-input";
import { PasteAlerts } from "./paste-alerts";
import { RecentAlerts } from "./recent-alerts";
import { isTime, pairsOf, textsOf } from "./sample-text";

export type SampleDialogProps = {
  alert: PostedAlert;
  /** It is not the usual one, so that there is a way back. */
  changed: boolean;
  onClose: () => void;
  onTake: (alert: PostedAlert | null) => void;
};

/** The alert that all cases are made from, as rows or as JSON of an API. */
export function SampleDialog({ alert, changed, onClose, onTake }: SampleDialogProps) {
  const t = useTranslations("preview.sample");
  const id = useId();
  const [labels, setLabels] = useState(() => pairsOf(alert.labels));
  const [annotations, setAnnotations] = useState(() => pairsOf(alert.annotations));
  const [startsAt, setStartsAt] = useState(alert.startsAt ?? "");
  const [url, setUrl] = useState(alert.generatorURL ?? "");
  const [problem, setProblem] = useState<string | null>(null);

  const fill = (pasted: PostedAlert) => {
    setLabels(pairsOf(pasted.labels));
    setAnnotations(pairsOf(pasted.annotations));
    setStartsAt(pasted.startsAt ?? "");
    setUrl(pasted.generatorURL ?? "");
    setProblem(null);
  };
  const take = () => {
    const read = { labels: textsOf(labels), annotations: textsOf(annotations) };
    const twice = read.labels.twice ?? read.annotations.twice;
    if (twice !== null) return setProblem(t("twice", { name: twice }));
    if (Object.keys(read.labels.texts).length === 0) return setProblem(t("noLabels"));
    if (!isTime(startsAt)) return setProblem(t("badTime"));
    onTake({
      labels: read.labels.texts,
      annotations: read.annotations.texts,
      ...(startsAt ? { startsAt } : {}),
      ...(url ? { generatorURL: url } : {}),
    });
    onClose();
  };

  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={t("title")}
        description={t("lead")}
        className="max-w-[640px]"
        footer={
          <>
            {changed ? (
              <Button
                variant="quiet"
                className="mr-auto"
                onClick={() => {
                  onTake(null);
                  onClose();
                }}
              >
                {t("reset")}
              </Button>
            ) : null}
            <Button onClick={onClose}>{t("cancel")}</Button>
            <Button variant="primary" onClick={take}>
              {t("take")}
            </Button>
          </>
        }
      >
        <div className="grid gap-4">
          <div className="flex flex-wrap items-start gap-2">
            <RecentAlerts onPick={fill} />
            <PasteAlerts onPaste={fill} />
          </div>
          <PairsInput legend="labels" pairs={labels} onChange={setLabels} />
          <PairsInput legend="annotations" pairs={annotations} onChange={setAnnotations} />
          <FormField id={`${id}-start`} label="startsAt" hint={t("timeHint")}>
            {(control) => (
              <Input {...control} mono value={startsAt} onChange={(event) => setStartsAt(event.target.value)} />
            )}
          </FormField>
          <FormField id={`${id}-url`} label="generatorURL">
            {(control) => <Input {...control} mono value={url} onChange={(event) => setUrl(event.target.value)} />}
          </FormField>
          <div role="alert">{problem ? <FieldError>{problem}</FieldError> : null}</div>
        </div>
      </DialogContent>
    </Dialog>
  );
}

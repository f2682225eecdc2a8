"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import type { PostedAlert } from "@/lib/alertmanager";
import { Button } from "../ui/button";
import { FormField } from "../ui/form-field";
import { Select } from "../ui/select";
import { Textarea } from "../ui/textarea";
import { readAlerts } from "./sample-text";

/** A real alert instead of an invented one: what an API answered, pasted; of several, one is picked. */
export function PasteAlerts({ onPaste }: { onPaste: (alert: PostedAlert) => void }) {
  const t = useTranslations("preview.sample");
  const id = useId();
  const [open, setOpen] = useState(false);
  const [text, setText] = useState("");
  if (!open) {
    return (
      <Button size="sm" onClick={() => setOpen(true)}>
        {t("paste")}
      </Button>
    );
  }
  const read = text.trim() === "" ? null : readAlerts(text);
  const change = (next: string) => {
    setText(next);
    const [first] = (next.trim() === "" ? null : readAlerts(next).alerts) ?? [];
    if (first) onPaste(first);
  };
  return (
    <div className="grid w-full gap-2">
      <FormField
        id={`${id}-json`}
        label={t("json")}
        hint={t("jsonHint")}
        error={read?.problem ? t(`problems.${read.problem}`) : undefined}
      >
        {(control) => (
          <Textarea
            {...control}
            mono
            rows={4}
            className="max-h-48"
            spellCheck={false}
            value={text}
            onChange={(event) => change(event.target.value)}
          />
        )}
      </FormField>
      {read?.alerts && read.alerts.length > 1 ? (
        <FormField id={`${id}-which`} label={t("which", { count: read.alerts.length })}>
          {(control) => (
            <Select
              {...control}
              defaultValue="0"
              onChange={(event) => {
                const alert = read.alerts[Number(event.target.value)];
                if (alert) onPaste(alert);
              }}
            >
              {read.alerts.map(({ labels }, index) => (
                <option key={index.toString()} value={index}>
                  {Object.entries(labels)
                    .map(([name, value]) => `${name}="${value}"`)
                    .join(", ")
                    .slice(0, 120)}
                </option>
              ))}
            </Select>
          )}
        </FormField>
      ) : null}
    </div>
  );
}

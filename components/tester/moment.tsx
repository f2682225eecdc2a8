"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "../ui/button";
import { FormField } from "../ui/form-field";
import { Input } from "../ui/input";
import { localText } from "./local-text";

const HOUR = 3_600_000;
const [FIRST, LAST, STEP] = [-24, 7 * 24, 0.25];

/** The instant that time intervals are asked about: now, or one of the slider's, or any. */
export function Moment({ at, onChange }: { at: number | null; onChange: (at: number | null) => void }) {
  const t = useTranslations("tester.moment");
  const format = useFormatter();
  const [now] = useState(() => Date.now());
  const shown = new Date(at ?? now);
  const hours = Math.min(LAST, Math.max(FIRST, Math.round(((at ?? now) - now) / HOUR / STEP) * STEP));
  const said = format.dateTime(shown, {
    ...{ weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", timeZoneName: "short" },
  });
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1.5 font-medium">{t("legend")}</legend>
      <input
        type="range"
        className="w-full accent-(--accent)"
        min={FIRST}
        max={LAST}
        step={STEP}
        value={hours}
        aria-label={t("slider")}
        aria-valuetext={said}
        onChange={(event) => {
          const chosen = Number(event.target.value);
          onChange(chosen === 0 ? null : Math.round((now + chosen * HOUR) / 60_000) * 60_000);
        }}
      />
      <p className="text-12 text-muted" suppressHydrationWarning>
        {at === null ? t("now", { time: said }) : said}
      </p>
      <div className="flex items-end gap-2">
        <FormField id="tester-at" label={t("exactly")} className="min-w-0 flex-1">
          {(control) => (
            <Input
              {...control}
              type="datetime-local"
              value={localText(shown)}
              onChange={(event) => {
                const next = new Date(event.target.value).getTime();
                if (!Number.isNaN(next)) onChange(next);
              }}
            />
          )}
        </FormField>
        <Button disabled={at === null} onClick={() => onChange(null)}>
          {t("back")}
        </Button>
      </div>
    </fieldset>
  );
}

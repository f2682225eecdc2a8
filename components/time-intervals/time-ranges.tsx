"use client";

import { Plus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Json, Path } from "@/lib/alertmanager";
import { display } from "../fields/control";
import { useDiagnosticsAt, useFields } from "../fields/environment";
import { pathId } from "../fields/path-id";
import { getIn } from "../fields/set-at";
import { Button } from "../ui/button";
import { Input } from "../ui/input";
import { atMidnight } from "./at-midnight";

/** `times`: each from a minute up to, but without, another one. */
export function TimeRanges({ id, path, value }: { id: string; path: Path; value: Json | undefined }) {
  const t = useTranslations("time-intervals.form");
  const { set, readOnly } = useFields();
  const list = Array.isArray(value) ? value : [];
  return (
    <fieldset id={id} aria-label="times" className="grid min-w-0 gap-1.5">
      {list.map((range, index) => (
        <TimeRange
          key={pathId([...path, index])}
          number={index + 1}
          path={[...path, index]}
          range={range}
          remove={() => set(path, list.length === 1 ? undefined : list.toSpliced(index, 1))}
          replace={(ranges) => set(path, list.toSpliced(index, 1, ...ranges))}
        />
      ))}
      {value === undefined ? <p className="py-1 text-12 text-muted">{t("any.times")}</p> : null}
      {Array.isArray(value) && value.length === 0 ? <p className="text-12 text-muted">{t("emptyList")}</p> : null}
      {readOnly ? null : (
        <div>
          <Button
            size="sm"
            aria-label={t("addTimes")}
            onClick={() => set(path, [...list, { start_time: "09:00", end_time: "17:00" }])}
          >
            <Plus aria-hidden />
            {t("add")}
          </Button>
        </div>
      )}
    </fieldset>
  );
}

type TimeRangeProps = {
  number: number;
  path: Path;
  range: Json;
  remove: () => void;
  replace: (ranges: Json[]) => void;
};

function TimeRange({ number, path, range, remove, replace }: TimeRangeProps) {
  const t = useTranslations("time-intervals.form");
  const { set, readOnly } = useFields();
  const findings = useDiagnosticsAt(path, true);
  const halves = atMidnight(range);
  const input = (key: "start_time" | "end_time") => (
    <Input
      id={pathId([...path, key])}
      mono
      className="w-[76px]"
      value={display(getIn(range, [key]))}
      readOnly={readOnly}
      inputMode="numeric"
      placeholder="HH:MM"
      maxLength={5}
      autoComplete="off"
      aria-label={t(key, { number })}
      aria-invalid={findings.some(({ severity }) => severity === "error") || undefined}
      onChange={(event) => set([...path, key], event.target.value)}
    />
  );
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      {input("start_time")}
      <span className="text-muted">{t("upTo")}</span>
      {input("end_time")}
      {readOnly ? null : (
        <Button size="icon-sm" variant="quiet" onClick={remove} aria-label={t("removeTimes", { number })}>
          <X aria-hidden />
        </Button>
      )}
      {halves && !readOnly ? (
        <Button size="sm" onClick={() => replace(halves)}>
          {t("split")}
        </Button>
      ) : null}
    </div>
  );
}

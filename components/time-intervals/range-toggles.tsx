"use client";

import { Check, X } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import type { Json, Path } from "@/lib/alertmanager";
import { useFields } from "../fields/environment";
import { Button } from "../ui/button";
import { cn } from "../ui/cn";
import { FieldError } from "../ui/form-field";
import { Input } from "../ui/input";
import { type Cycle, IN_ORDER, isSingle, readWritten, toggled } from "./written-ranges";

type RangeTogglesProps = { id: string; cycle: Cycle; path: Path; value: Json | undefined };

/** Days of the week or months as buttons; ranges stay as they are written and are shown beside them. */
export function RangeToggles({ id, cycle, path, value }: RangeTogglesProps) {
  const t = useTranslations("time-intervals.form");
  const { set, readOnly } = useFields();
  const nameOf = useCycleNames(cycle);
  const list = Array.isArray(value) ? value : [];
  const written = readWritten(cycle, list);
  const members = new Set(written.flatMap((one) => one.members ?? []));
  const ranges = written.flatMap((one, index) => (isSingle(one) ? [] : [{ ...one, index }]));
  return (
    <fieldset id={id} aria-label={cycle} className="grid min-w-0 gap-1.5">
      <div className="flex flex-wrap gap-1">
        {IN_ORDER[cycle].map((member) => {
          const on = members.has(member);
          return (
            <Button
              key={member}
              size="sm"
              aria-pressed={on}
              aria-label={nameOf(member, "long")}
              disabled={readOnly}
              className={cn("gap-0.5 pr-3 pl-1", on && "border-line-field font-semibold")}
              onClick={() => set(path, toggled(cycle, list, member))}
            >
              <Check className={cn(!on && "invisible")} aria-hidden />
              {nameOf(member, "short")}
            </Button>
          );
        })}
      </div>
      {value === undefined ? <p className="text-12 text-muted">{t(`any.${cycle}`)}</p> : null}
      {Array.isArray(value) && value.length === 0 ? <p className="text-12 text-muted">{t("emptyList")}</p> : null}
      {ranges.length > 0 ? (
        <ul className="flex flex-wrap items-center gap-1.5">
          <li className="text-12 text-muted">{t("asWritten")}</li>
          {ranges.map(({ text, members: has, index }) => (
            <li
              key={`${index}-${text}`}
              className={cn(
                "inline-flex min-h-[22px] items-center rounded-sm border bg-sunken px-1.5 font-mono text-12",
                has === null && "border-critical-line bg-critical-soft",
              )}
            >
              {text}
              {readOnly ? null : (
                <button
                  type="button"
                  className="-mr-1 ml-0.5 grid size-6 place-items-center rounded-sm text-muted hover:bg-hover hover:text-text"
                  aria-label={t("remove", { name: text })}
                  onClick={() => set(path, list.length === 1 ? undefined : list.toSpliced(index, 1))}
                >
                  <X className="size-3" aria-hidden />
                </button>
              )}
            </li>
          ))}
        </ul>
      ) : null}
      {readOnly ? null : <AddRange id={id} cycle={cycle} add={(text) => set(path, [...list, text])} />}
    </fieldset>
  );
}

function AddRange({ id, cycle, add }: { id: string; cycle: Cycle; add: (text: string) => void }) {
  const t = useTranslations("time-intervals.form");
  const [text, setText] = useState("");
  const [wrong, setWrong] = useState(false);
  const commit = () => {
    const wanted = text.trim().toLowerCase();
    if (wanted === "") return setWrong(false);
    const [read] = readWritten(cycle, [wanted]);
    if (!read?.members) return setWrong(true);
    add(wanted);
    setText("");
    setWrong(false);
  };
  return (
    <div className="max-w-64">
      <Input
        mono
        value={text}
        autoComplete="off"
        spellCheck={false}
        placeholder={t(`range.${cycle}`)}
        aria-label={t("addRange", { name: cycle })}
        aria-invalid={wrong || undefined}
        aria-describedby={wrong ? `${id}-range` : undefined}
        onChange={(event) => {
          setText(event.target.value);
          setWrong(false);
        }}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          commit();
        }}
      />
      {wrong ? <FieldError id={`${id}-range`}>{t(`wrong.${cycle}`)}</FieldError> : null}
    </div>
  );
}

/** Any week that begins with a Sunday. */
const SUNDAY = Date.UTC(2023, 0, 1);
const DAY_MS = 86_400_000;

export function useCycleNames(cycle: Cycle): (member: number, length: "short" | "long") => string {
  const format = useFormatter();
  return (member, length) =>
    cycle === "weekdays"
      ? format.dateTime(SUNDAY + member * DAY_MS, { weekday: length, timeZone: "UTC" })
      : format.dateTime(Date.UTC(2023, member - 1, 1), { month: length, timeZone: "UTC" });
}

"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus, X } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { labelCountsQuery } from "../alert-history/queries";
import { fitting } from "../fields/matcher-completion";
import { useTenant } from "../http/tenant-context";
import { Button } from "../ui/button";
import { ComboboxInput } from "../ui/combobox";
import type { Labels } from "./alerts-text";
import { type AlertRows, type LabelRow, newAlert, newRow, repeatedNames, textOfRows } from "./label-rows";

type LabelEditorProps = {
  /** What `text` reads as. */
  alerts: readonly Labels[];
  text: string;
  onChange: (text: string) => void;
};

/** Alerts as rows of a name and a value, both completed from what the tenant's own alerts have. */
export function LabelEditor({ alerts, text, onChange }: LabelEditorProps) {
  const t = useTranslations("tester.rows");
  const written = useRef(text);
  const [known, setKnown] = useState(() => rowsOf(alerts));
  // Somebody else wrote the text: an alert was picked, or the page went back.
  if (text !== written.current) {
    written.current = text;
    setKnown(rowsOf(alerts));
  }
  const change = (next: readonly AlertRows[]) => {
    written.current = textOfRows(next);
    setKnown(next);
    onChange(written.current);
  };
  const update = (one: AlertRows, rows: readonly LabelRow[]) =>
    change(known.map((other) => (other === one ? { ...one, rows } : other)));
  return (
    <div className="grid gap-3">
      {known.map((one, index) => (
        <fieldset key={one.id} className="grid gap-1.5">
          <legend className={known.length > 1 ? "mb-1 text-12 text-muted" : "sr-only"}>
            {t("alert", { number: index + 1 })}
          </legend>
          {one.rows.map((row, at) => (
            <Row
              key={row.id}
              row={row}
              number={at + 1}
              repeated={repeatedNames(one).has(row.name.trim())}
              onChange={(next) => update(one, one.rows.with(at, next))}
              onNext={() => update(one, [...one.rows, newRow()])}
              onRemove={() => {
                const rows = one.rows.toSpliced(at, 1);
                if (rows.length > 0) update(one, rows);
                else change(known.length > 1 ? known.filter((other) => other !== one) : [newAlert()]);
              }}
            />
          ))}
          <Button
            size="sm"
            variant="quiet"
            className="justify-self-start"
            onClick={() => update(one, [...one.rows, newRow()])}
          >
            <Plus aria-hidden />
            {t("add")}
          </Button>
        </fieldset>
      ))}
      <Button size="sm" className="justify-self-start" onClick={() => change([...known, newAlert()])}>
        <Plus aria-hidden />
        {t("another")}
      </Button>
    </div>
  );
}

function rowsOf(alerts: readonly Labels[]): readonly AlertRows[] {
  return alerts.length > 0 ? alerts.map((labels) => newAlert(labels)) : [newAlert()];
}

type RowProps = {
  row: LabelRow;
  number: number;
  repeated: boolean;
  onChange: (row: LabelRow) => void;
  /** Enter at the end of the row. */
  onNext: () => void;
  onRemove: () => void;
};

function Row({ row, number, repeated, onChange, onNext, onRemove }: RowProps) {
  const t = useTranslations("tester.rows");
  const [near, setNear] = useState<"name" | "value" | null>(null);
  const names = useSuggestions(near === "name", undefined, row.name);
  const values = useSuggestions(near === "value" && row.name.trim() !== "", row.name.trim(), row.value);
  return (
    <div className="grid grid-cols-[minmax(0,2fr)_auto_minmax(0,3fr)_auto] items-center gap-1.5">
      <ComboboxInput
        mono
        suggestions={names}
        listLabel={t("namesSeen")}
        aria-label={t("name", { number })}
        aria-invalid={repeated || undefined}
        title={repeated ? t("twice") : undefined}
        autoComplete="off"
        spellCheck={false}
        autoFocus={row.name === ""}
        value={row.name}
        onFocus={() => setNear("name")}
        onPick={({ value: name }) => onChange({ ...row, name })}
        onChange={(event) => onChange({ ...row, name: event.target.value })}
      />
      <span aria-hidden className="font-mono text-muted">
        =
      </span>
      <ComboboxInput
        mono
        suggestions={values}
        listLabel={t("valuesSeen")}
        aria-label={t("value", { name: row.name.trim() || String(number) })}
        autoComplete="off"
        spellCheck={false}
        value={row.value}
        onFocus={() => setNear("value")}
        onPick={({ value }) => onChange({ ...row, value })}
        onChange={(event) => onChange({ ...row, value: event.target.value })}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          onNext();
        }}
      />
      <Button
        size="icon-sm"
        variant="quiet"
        aria-label={t("remove", { name: row.name.trim() || String(number) })}
        onClick={onRemove}
      >
        <X aria-hidden />
      </Button>
    </div>
  );
}

/** Of the alerts of the last days, with how many had it; what is typed already is no suggestion. */
function useSuggestions(near: boolean, name: string | undefined, typed: string) {
  const tenant = useTenant();
  const format = useFormatter();
  const { data } = useQuery({ ...labelCountsQuery(tenant, name), enabled: near });
  if (!near || !data) return [];
  const found = fitting(data, typed).filter(({ text }) => text !== typed);
  return found.map(({ text, count }) => ({ value: text, label: text, aside: format.number(count) }));
}

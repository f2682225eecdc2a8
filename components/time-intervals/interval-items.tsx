"use client";

import { Plus, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { type Field, type Json, type JsonObject, type Path, TIME_INTERVAL_ITEM_STRUCT } from "@/lib/alertmanager";
import { useDiagnosticsAt, useFields } from "../fields/environment";
import { FieldDiagnostics } from "../fields/field-diagnostics";
import { RowFrame } from "../fields/field-row";
import { pathId } from "../fields/path-id";
import { TokensInput } from "../fields/tokens-input";
import { UnknownRows } from "../fields/unknown-rows";
import { useHelp } from "../fields/use-help";
import { Button } from "../ui/button";
import { RangeToggles } from "./range-toggles";
import { TimeRanges } from "./time-ranges";
import { LocationInput } from "./zone-input";

const NOTHING_OMITTED: readonly string[] = [];

/** `time_intervals` of one interval: it holds while any of its items does. */
export function IntervalItems({ path, value }: { path: Path; value: Json | undefined }) {
  const t = useTranslations("time-intervals.form");
  const { set, readOnly } = useFields();
  const findings = useDiagnosticsAt(path);
  const list = Array.isArray(value) ? value : [];
  const id = pathId(path);
  return (
    <div className="grid gap-2 border-t px-4 py-3" data-path={JSON.stringify(path)}>
      <div className="flex flex-wrap items-baseline gap-x-3">
        <span className="font-mono text-12">time_intervals</span>
        <span className="text-12 text-muted">{t(list.length === 0 ? "noItems" : "items", { count: list.length })}</span>
      </div>
      <FieldDiagnostics id={`${id}-faults`} diagnostics={findings} />
      <fieldset id={id} aria-label="time_intervals" className="grid min-w-0 gap-2">
        {list.map((item, index) => (
          <Item
            key={pathId([...path, index])}
            path={[...path, index]}
            value={item}
            number={index + 1}
            remove={() => set(path, list.toSpliced(index, 1))}
          />
        ))}
        {readOnly ? null : (
          <div>
            <Button size="sm" onClick={() => set(path, [...list, {}])}>
              <Plus aria-hidden />
              {t("addItem")}
            </Button>
          </div>
        )}
      </fieldset>
    </div>
  );
}

type ItemProps = { path: Path; value: Json; number: number; remove: () => void };

function Item({ path, value, number, remove }: ItemProps) {
  const t = useTranslations("time-intervals.form");
  const { readOnly } = useFields();
  const findings = useDiagnosticsAt(path);
  const object: JsonObject = typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
  return (
    <div id={pathId(path)} className="min-w-0 rounded-md border">
      <div className="flex min-h-8 items-center border-b bg-sunken py-0.5 pr-1 pl-3">
        <span className="flex-1 font-mono text-12 text-muted">{t("item", { number })}</span>
        {readOnly ? null : (
          <Button size="icon-sm" variant="quiet" onClick={remove} aria-label={t("removeItem", { number })}>
            <Trash2 aria-hidden />
          </Button>
        )}
      </div>
      <div className="px-4 empty:hidden">
        <FieldDiagnostics id={`${pathId(path)}-faults`} diagnostics={findings} />
      </div>
      {TIME_INTERVAL_ITEM_STRUCT.fields.map((field) => (
        <ItemRow key={field.key} field={field} path={[...path, field.key]} value={object[field.key]} />
      ))}
      <UnknownRows struct={TIME_INTERVAL_ITEM_STRUCT} path={path} value={object} omit={NOTHING_OMITTED} />
    </div>
  );
}

function ItemRow({ field, path, value }: { field: Field; path: Path; value: Json | undefined }) {
  const id = pathId(path);
  const help = useHelp()(TIME_INTERVAL_ITEM_STRUCT.name, field.key);
  const findings = useDiagnosticsAt(path, true);
  const invalid = findings.some(({ severity }) => severity === "error");
  return (
    <RowFrame name={<span className="font-mono text-12 leading-5">{field.key}</span>} path={path}>
      {control(field, { id, path, value, invalid })}
      <FieldDiagnostics id={`${id}-faults`} diagnostics={findings} />
      {help ? <p className="mt-1 text-12 text-muted">{help}</p> : null}
    </RowFrame>
  );
}

type Shared = { id: string; path: Path; value: Json | undefined; invalid: boolean };

function control(field: Field, shared: Shared): ReactNode {
  const { key } = field;
  if (key === "times") return <TimeRanges {...shared} />;
  if (key === "weekdays" || key === "months") return <RangeToggles cycle={key} {...shared} />;
  if (key === "location") return <LocationInput {...shared} />;
  return <TokensInput {...shared} field={field} type={field.type} label={key} describedBy={undefined} />;
}

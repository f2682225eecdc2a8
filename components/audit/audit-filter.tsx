"use client";

import { Download, Search, X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { z } from "zod";
import type { AuditFilter, auditPageSchema } from "@/lib/tenancy/audit/contract";
import { Button } from "../ui/button";
import { buttonVariants } from "../ui/button-variants";
import { FormField } from "../ui/form-field";
import { Input } from "../ui/input";
import { Select } from "../ui/select";
import { eventText } from "./event-text";
import type { LogSource } from "./log-source";
import { searchParams } from "./queries";
import type { FilterNames, ShownFilter } from "./use-audit-filter";

export interface AuditFilterBarProps {
  source: LogSource;
  shown: ShownFilter;
  /** As the server takes it. */
  filter: AuditFilter;
  set: (change: Partial<Record<FilterNames, string | null>>) => void;
  kinds: z.infer<typeof auditPageSchema>["kinds"];
}

export function AuditFilterBar({ source, shown, filter, set, kinds }: AuditFilterBarProps) {
  const t = useTranslations("audit");
  const streamName = (noun: string) => (t.has(`streams.${noun}`) ? t(`streams.${noun}`) : noun);
  const typeName = (type: string) => (t.has(`events.${type}`) ? t(`events.${type}`) : eventText(type));
  const personName = (id: string, name: string | null) => name ?? (id.startsWith("system") ? "Signalbox" : id);
  const any = Object.values(shown).some(Boolean);
  const narrowed = Boolean(shown.q || shown.type);
  const { actor, noun, from, to } = filter;
  return (
    <search className="grid gap-3">
      <div className="grid grid-cols-2 items-end gap-2 *:min-w-0 max-lg:*:first:col-span-2 lg:grid-cols-[minmax(14rem,2fr)_repeat(3,minmax(8rem,1fr))_auto_auto]">
        <FormField id="audit-q" label={t("search")}>
          {(control) => (
            <div className="relative">
              <Search className="pointer-events-none absolute top-2 left-2 size-4 text-muted" aria-hidden />
              <Input
                {...control}
                type="search"
                className="pl-8"
                value={shown.q}
                placeholder={t("filter")}
                onChange={(event) => set({ q: event.target.value || null })}
              />
            </div>
          )}
        </FormField>
        <Choice
          id="audit-actor"
          label={t("who")}
          all={t("everybody")}
          value={shown.actor}
          options={(kinds?.actors ?? []).map(({ id, name }) => [id, personName(id, name)])}
          onChange={(value) => set({ actor: value })}
        />
        <Choice
          id="audit-noun"
          label={t("on")}
          all={t("everything")}
          value={shown.noun}
          options={(kinds?.nouns ?? []).map((value) => [value, streamName(value)])}
          onChange={(value) => set({ noun: value })}
        />
        <Choice
          id="audit-type"
          label={t("what")}
          all={t("everyEvent")}
          value={shown.type}
          options={(kinds?.types ?? []).map((value) => [value, typeName(value)])}
          onChange={(value) => set({ type: value })}
        />
        <Day id="audit-from" label={t("from")} value={shown.from} onChange={(value) => set({ from: value })} />
        <Day id="audit-to" label={t("to")} value={shown.to} onChange={(value) => set({ to: value })} />
      </div>
      <div className="flex flex-wrap items-center gap-2">
        {any ? (
          <Button
            size="sm"
            variant="quiet"
            onClick={() => set({ q: null, actor: null, noun: null, type: null, from: null, to: null })}
          >
            <X aria-hidden />
            {t("clear")}
          </Button>
        ) : null}
        <a className={buttonVariants({ size: "sm" })} href={source.endpoint(`/csv${searchParams(filter)}`)} download>
          <Download aria-hidden />
          {t("csv")}
        </a>
        <a
          className={buttonVariants({ size: "sm" })}
          href={source.endpoint(`/export${searchParams({ actor, noun, from, to })}`)}
          download
        >
          <Download aria-hidden />
          {t("jsonl")}
        </a>
        <p className="text-12 text-muted">{narrowed ? t("jsonlWider") : t("jsonlHint")}</p>
      </div>
    </search>
  );
}

interface ChoiceProps {
  id: string;
  label: string;
  all: string;
  value: string;
  options: readonly (readonly [string, string])[];
  onChange: (value: string | null) => void;
}

function Choice({ id, label, all, value, options, onChange }: ChoiceProps) {
  const sorted = options.toSorted(([, a], [, b]) => a.localeCompare(b));
  const known = value === "" || options.some(([option]) => option === value);
  return (
    <FormField id={id} label={label}>
      {(control) => (
        <Select {...control} value={value} onChange={(event) => onChange(event.target.value || null)}>
          <option value="">{all}</option>
          {known ? null : <option value={value}>{value}</option>}
          {sorted.map(([option, text]) => (
            <option key={option} value={option}>
              {text}
            </option>
          ))}
        </Select>
      )}
    </FormField>
  );
}

function Day({ id, label, value, onChange }: Pick<ChoiceProps, "id" | "label" | "value" | "onChange">) {
  return (
    <FormField id={id} label={label}>
      {(control) => (
        <Input {...control} type="date" value={value} onChange={(event) => onChange(event.target.value || null)} />
      )}
    </FormField>
  );
}

"use client";

import { ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import type { Field, Json, JsonObject, Path, StructDefinition } from "@/lib/alertmanager";
import { cn } from "../ui/cn";
import { useDiagnosticsAt, useFields } from "./environment";
import { ExclusiveGroup } from "./exclusive-group";
import { FieldRow } from "./field-row";
import { whoLacks } from "./judges";
import { pathId } from "./path-id";
import { useRevealedId } from "./reveal";
import { type Entry, entriesOf, isMain } from "./struct-entries";
import { UnknownRows } from "./unknown-rows";

export type StructFormProps = {
  struct: StructDefinition;
  path: Path;
  value: Json | undefined;
  /** Keys that the caller shows by itself. */
  omit?: readonly string[];
  /** Inside another form: everything is shown, nothing is folded unless there is a lot. */
  dense?: boolean;
};

/** Renders any struct from its self-description and edits the configuration itself: no form model, no converters. */
export function StructForm({ struct, path, value, omit = [], dense }: StructFormProps) {
  const object: JsonObject = typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
  const entries = entriesOf(struct, omit);
  // Decided once, when the form opens: a field must not jump out of the fold while somebody types in it.
  const [main] = useState(
    () => new Set(entries.filter((entry) => isMain(struct, entry, object)).map(({ name }) => name)),
  );
  const open = dense && entries.length <= 6 ? entries : entries.filter(({ name }) => main.has(name));
  const folded = entries.filter((entry) => !open.includes(entry));
  return (
    <div>
      {open.map((entry) => (
        <EntryRow key={entry.name} struct={struct} entry={entry} path={path} value={object} />
      ))}
      <UnknownRows struct={struct} path={path} value={object} omit={omit} />
      {folded.length > 0 ? (
        <OptionalFold struct={struct} entries={folded} path={path} value={object} bare={open.length === 0} />
      ) : null}
    </div>
  );
}

type EntryProps = { struct: StructDefinition; path: Path; value: JsonObject };

function EntryRow({ struct, entry, path, value }: EntryProps & { entry: Entry }) {
  const [first] = entry.fields;
  if (entry.group !== undefined && entry.fields.length > 1) {
    return <ExclusiveGroup struct={struct} group={entry.group} fields={entry.fields} path={path} value={value} />;
  }
  if (!first) return null;
  return <FieldRow struct={struct} field={first} path={[...path, first.key]} value={value[first.key]} />;
}

function OptionalFold({
  struct,
  entries,
  path,
  value,
  bare,
}: EntryProps & { entries: readonly Entry[]; bare: boolean }) {
  const t = useTranslations("fields");
  const { judges } = useFields();
  const findings = useDiagnosticsAt(path, true);
  const revealed = useRevealedId();
  const fields: Field[] = entries.flatMap((entry) => [...entry.fields]);
  const wanted = fields.some(({ key }) => {
    const id = pathId([...path, key]);
    return revealed === id || revealed.startsWith(`${id}-`);
  });
  const [open, setOpen] = useState(bare && entries.length <= 8);
  useEffect(() => {
    if (wanted) setOpen(true);
  }, [wanted]);

  const set = fields.filter(({ key }) => value[key] !== undefined).length;
  const newer = fields.filter(({ key }) => whoLacks(judges, struct, key).length > 0);
  const faults = findings.filter((finding) => fields.some(({ key }) => key === finding.path[path.length])).length;
  const since = newer.map((field) => field.since ?? "").sort()[0];
  return (
    <div className="border-t first:border-t-0">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="flex min-h-9 w-full flex-wrap items-center gap-x-2 px-4 text-left font-medium hover:bg-hover focus-visible:-outline-offset-2"
      >
        <ChevronRight className={cn("size-4 text-muted transition-transform", open && "rotate-90")} aria-hidden />
        {t("optional", { count: fields.length })}
        <span className="font-normal text-muted">
          {[
            set > 0 ? t("setCount", { count: set }) : "",
            newer.length > 0 ? t("newerCount", { count: newer.length, version: since ?? "?" }) : "",
          ]
            .filter(Boolean)
            .join(", ")}
        </span>
        {faults > 0 && !open ? (
          <span className="font-normal text-critical">{t("problemCount", { count: faults })}</span>
        ) : null}
      </button>
      {open ? (
        <div className="border-t">
          {entries.map((entry) => (
            <EntryRow key={entry.name} struct={struct} entry={entry} path={path} value={value} />
          ))}
        </div>
      ) : null}
    </div>
  );
}

"use client";

import { ArrowDown, ArrowUp, ChevronRight, Plus, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useState } from "react";
import type { Config, Json, Path, StructDefinition } from "@/lib/alertmanager";
import { useFields } from "../fields/environment";
import { FieldDiagnostics, worstLevel } from "../fields/field-diagnostics";
import { pathId } from "../fields/path-id";
import { useRevealed } from "../fields/reveal";
import { getIn } from "../fields/set-at";
import { StructForm } from "../fields/struct-form";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { cn } from "../ui/cn";
import { EmptyState } from "../ui/empty-state";
import { Severity } from "../ui/severity";
import { useToast } from "../ui/toast";
import { useChange } from "./use-change";

export type StructListProps = {
  /** Key of the configuration whose list is edited. */
  section: "inhibit_rules" | "time_intervals" | "mute_time_intervals";
  struct: StructDefinition;
  /** How an entry is called in its head. */
  titleOf: (entry: Json, index: number) => ReactNode;
  blank: (config: Config) => Json;
  words: { empty: string; emptyText: string; add: string };
  /** Why an entry must not be deleted now; it is shown instead. */
  blocked?: (entry: Json) => string | null;
};

/** A list of structs at the top of the configuration: one card each, in the order in which it is written. */
export function StructList({ section, struct, titleOf, blank, words, blocked }: StructListProps) {
  const t = useTranslations("editor.list");
  const { toast } = useToast();
  const { config, readOnly, set, updateConfig, undo } = useChange();
  const value = getIn(config, [section]);
  const entries = Array.isArray(value) ? value : [];
  const [opened, setOpened] = useState<number | null>(null);
  const write = (next: readonly Json[]) => set([section], next.length > 0 ? [...next] : undefined);
  const move = (from: number, by: -1 | 1) => {
    const next = [...entries];
    const [entry] = next.splice(from, 1);
    if (entry !== undefined) write(next.toSpliced(from + by, 0, entry));
  };
  const remove = (index: number) => {
    const reason = blocked?.(entries[index] ?? null);
    if (reason) return toast({ level: "warning", title: reason });
    write(entries.filter((_, other) => other !== index));
    toast({ title: t("deleted"), action: { label: t("undo"), onSelect: undo } });
  };

  return (
    <>
      {entries.length === 0 ? (
        <EmptyState title={words.empty} className="rounded-lg border border-dashed border-line-strong">
          <p>{words.emptyText}</p>
        </EmptyState>
      ) : null}
      {entries.map((entry, index) => (
        <Entry
          // biome-ignore lint/suspicious/noArrayIndexKey: the position is the identity of an entry without a name
          key={`${section}-${index}-${entries.length}`}
          struct={struct}
          path={[section, index]}
          value={entry}
          title={titleOf(entry, index)}
          startsOpen={opened === index || entries.length <= 3}
          tools={
            readOnly ? null : (
              <>
                <Button
                  size="icon-sm"
                  variant="quiet"
                  disabled={index === 0}
                  onClick={() => move(index, -1)}
                  aria-label={t("moveUp", { number: index + 1 })}
                >
                  <ArrowUp aria-hidden />
                </Button>
                <Button
                  size="icon-sm"
                  variant="quiet"
                  disabled={index === entries.length - 1}
                  onClick={() => move(index, 1)}
                  aria-label={t("moveDown", { number: index + 1 })}
                >
                  <ArrowDown aria-hidden />
                </Button>
                <Button
                  size="icon-sm"
                  variant="quiet"
                  onClick={() => remove(index)}
                  aria-label={t("delete", { number: index + 1 })}
                >
                  <Trash2 aria-hidden />
                </Button>
              </>
            )
          }
        />
      ))}
      {readOnly ? null : (
        <div>
          <Button
            onClick={() => {
              setOpened(entries.length);
              updateConfig((current) => ({ ...current, [section]: [...entries, blank(current)] }));
            }}
          >
            <Plus aria-hidden />
            {words.add}
          </Button>
        </div>
      )}
    </>
  );
}

type EntryProps = {
  struct: StructDefinition;
  path: Path;
  value: Json;
  title: ReactNode;
  startsOpen: boolean;
  tools: ReactNode;
};

function Entry({ struct, path, value, title, startsOpen, tools }: EntryProps) {
  const t = useTranslations("editor.list");
  const { diagnosticsAt } = useFields();
  const [open, setOpen] = useState(startsOpen);
  const revealed = useRevealed(pathId(path));
  useEffect(() => {
    if (revealed) setOpen(true);
  }, [revealed]);
  const problems = diagnosticsAt(path, true);
  const errors = problems.filter(({ severity }) => severity === "error").length;
  return (
    <Card id={pathId(path)} className={cn(errors > 0 && "border-critical-line")}>
      <div className="flex items-center pr-2">
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="flex min-h-11 min-w-0 flex-1 items-center gap-2 px-4 text-left focus-visible:-outline-offset-2"
        >
          <ChevronRight
            className={cn("size-4 shrink-0 text-muted transition-transform", open && "rotate-90")}
            aria-hidden
          />
          <span className="flex min-w-0 flex-wrap items-center gap-1.5">{title}</span>
          {problems.length > 0 ? (
            <Severity level={worstLevel(problems)} className="ml-auto">
              {t("problems", { count: problems.length })}
            </Severity>
          ) : null}
        </button>
        {tools}
      </div>
      {open ? (
        <div className="border-t">
          <div className="px-4 empty:hidden">
            <FieldDiagnostics id={`${pathId(path)}-faults`} diagnostics={diagnosticsAt(path)} />
          </div>
          <StructForm struct={struct} path={path} value={value} />
        </div>
      ) : null}
    </Card>
  );
}

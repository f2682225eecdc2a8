"use client";

import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ComponentType, memo, useCallback, useState } from "react";
import type { Config, Json, StructDefinition } from "@/lib/alertmanager";
import { useDiagnosticsAt } from "../fields/environment";
import { FieldDiagnostics } from "../fields/field-diagnostics";
import { pathId } from "../fields/path-id";
import { useFold } from "../fields/reveal";
import { getIn } from "../fields/set-at";
import { StructForm } from "../fields/struct-form";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { cn } from "../ui/cn";
import { EmptyState } from "../ui/empty-state";
import { useToast } from "../ui/toast";
import { useEditor } from "./change-context";
import { EntryHead } from "./entry-head";
import { useEditorState, useEdits } from "./use-change";

type Section = "inhibit_rules" | "time_intervals" | "mute_time_intervals";
type EntryPartProps = { section: Section; entry: Json; index: number };

export type StructListProps = {
  /** Key of the configuration whose list is edited. */
  section: Section;
  struct: StructDefinition;
  /** How an entry is called in its head. */
  Title: ComponentType<EntryPartProps>;
  /** What an entry begins with instead of the form's fields named in `omit`. */
  Head?: ComponentType<EntryPartProps>;
  omit?: readonly string[];
  blank: (config: Config) => Json;
  words: { empty: string; emptyText: string; add: string };
  /** True when an entry must not simply go, and the caller asks what to do instead. */
  holdsBack?: (entry: Json, index: number) => boolean;
};

const OPEN_WHEN_FEW = 3;
const NOTHING: Json[] = [];

function entriesOf(config: Config, section: Section): Json[] {
  const value = getIn(config, [section]);
  return Array.isArray(value) ? value : NOTHING;
}

/** A list of structs at the top of the configuration: one card each, in the order in which it is written. */
export function StructList({ section, struct, Title, Head, omit, blank, words, holdsBack }: StructListProps) {
  const t = useTranslations("editor.list");
  const { toast } = useToast();
  const { store } = useEditor();
  const { readOnly, set, updateConfig, undo } = useEdits();
  const entries = useEditorState(({ document }) => entriesOf(document.config, section));
  const [opened, setOpened] = useState<number | null>(null);

  const act = (index: number, action: Action) => {
    const current = entriesOf(store.state().document.config, section);
    const entry = current[index];
    if (entry === undefined) return;
    const without = current.toSpliced(index, 1);
    if (action === "remove") {
      if (holdsBack?.(entry, index)) return;
      set([section], without.length > 0 ? without : undefined);
      toast({ title: t("deleted"), action: { label: t("undo"), onSelect: undo } });
    } else set([section], without.toSpliced(action === "up" ? index - 1 : index + 1, 0, entry));
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
          section={section}
          struct={struct}
          index={index}
          last={index === entries.length - 1}
          entry={entry}
          Title={Title}
          Head={Head}
          omit={omit}
          startsOpen={opened === index || entries.length <= OPEN_WHEN_FEW}
          act={act}
        />
      ))}
      {readOnly ? null : (
        <div>
          <Button
            onClick={() => {
              setOpened(entries.length);
              updateConfig((current) => ({ ...current, [section]: [...entriesOf(current, section), blank(current)] }));
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

type Action = "up" | "down" | "remove";
type EntryProps = Pick<StructListProps, "section" | "struct" | "Title"> & {
  Head: StructListProps["Head"];
  omit: StructListProps["omit"];
  index: number;
  last: boolean;
  entry: Json;
  startsOpen: boolean;
  act: (index: number, action: Action) => void;
};

/** `act` reads the list when it is pressed, so that an older one does the same. */
const Entry = memo(
  PlainEntry,
  (before, after) =>
    before.entry === after.entry &&
    before.index === after.index &&
    before.last === after.last &&
    before.Title === after.Title,
);

function PlainEntry({ section, struct, index, last, entry, Title, Head, omit, startsOpen, act }: EntryProps) {
  const path = [section, index];
  const id = pathId(path);
  const findings = useDiagnosticsAt(path);
  const problems = useDiagnosticsAt(path, true);
  const [open, setOpen] = useFold(id, startsOpen);
  const press = useCallback((action: Action) => act(index, action), [act, index]);
  const errors = problems.filter(({ severity }) => severity === "error").length;
  return (
    <Card
      id={id}
      data-path={JSON.stringify(path)}
      className={cn(
        "[contain-intrinsic-size:auto_44px] [content-visibility:auto]",
        errors > 0 && "border-critical-line",
      )}
    >
      <EntryHead
        open={open}
        setOpen={setOpen}
        problems={problems}
        tools={<EntryTools index={index} last={last} press={press} />}
      >
        <span className="flex min-w-0 flex-wrap items-center gap-1.5">
          <Title section={section} entry={entry} index={index} />
        </span>
      </EntryHead>
      {open ? (
        <div className="border-t">
          <div className="px-4 empty:hidden">
            <FieldDiagnostics id={`${id}-faults`} diagnostics={findings} />
          </div>
          {Head ? <Head section={section} entry={entry} index={index} /> : null}
          <StructForm struct={struct} path={path} value={entry} {...(omit ? { omit } : {})} />
        </div>
      ) : null}
    </Card>
  );
}

function EntryTools({ index, last, press }: { index: number; last: boolean; press: (action: Action) => void }) {
  const t = useTranslations("editor.list");
  const { readOnly } = useEdits();
  if (readOnly) return null;
  const number = index + 1;
  const tools = [
    { action: "up", Icon: ArrowUp, label: t("moveUp", { number }), disabled: index === 0 },
    { action: "down", Icon: ArrowDown, label: t("moveDown", { number }), disabled: last },
    { action: "remove", Icon: Trash2, label: t("delete", { number }), disabled: false },
  ] as const;
  return tools.map(({ action, Icon, label, disabled }) => (
    <Button
      key={action}
      size="icon-sm"
      variant="quiet"
      disabled={disabled}
      onClick={() => press(action)}
      aria-label={label}
    >
      <Icon aria-hidden />
    </Button>
  ));
}

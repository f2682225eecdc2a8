"use client";

import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { containsInstant, type Json, type JsonObject, TIME_INTERVAL_STRUCT } from "@/lib/alertmanager";
import { useEditor } from "../editor/change-context";
import type { EditorState } from "../editor/document-store";
import { InUseDialog } from "../editor/in-use-dialog";
import { NameField } from "../editor/name-field";
import { countUses, timeIntervalUses } from "../editor/route-uses";
import { StructList } from "../editor/struct-list";
import { useEditorState, useEdits } from "../editor/use-change";
import { useDiagnosticsAt } from "../fields/environment";
import { FieldDiagnostics } from "../fields/field-diagnostics";
import { pathId } from "../fields/path-id";
import { getIn } from "../fields/set-at";
import { Tag } from "../ui/badge";
import { PageHeader } from "../ui/page";
import { useToast } from "../ui/toast";
import { Calendar, Holding, useMinute } from "./calendar";
import { type Intervals, knownZone } from "./calendar-days";
import { IntervalItems } from "./interval-items";
import { routeOf } from "./route-of";
import { freeName, namesOf, removeTimeInterval, renameTimeInterval, type Section } from "./time-interval-edits";
import { UsedBy } from "./used-by";

type EntryPart = { section: string; entry: Json; index: number };

function nameOf(entry: Json): string {
  const name = getIn(entry, ["name"]);
  return typeof name === "string" ? name : "";
}

function sectionOf(section: string): Section {
  return section === "mute_time_intervals" ? section : "time_intervals";
}

const OMIT = ["name", "time_intervals"];
const hasOldList = ({ document }: EditorState) => document.config.mute_time_intervals !== undefined;

export function TimeIntervals() {
  const t = useTranslations("time-intervals");
  const oldList = useEditorState(hasOldList);
  const { holdsBack, dialog } = useRemoval();
  const shared = {
    struct: TIME_INTERVAL_STRUCT,
    Title: IntervalTitle,
    Head: IntervalHead,
    omit: OMIT,
    words: { empty: t("empty"), emptyText: t("emptyText"), add: t("add") },
  };
  return (
    <>
      <PageHeader title={t("title")} facts={<span>{t("lead")}</span>} />
      <StructList
        section="time_intervals"
        blank={(current) => ({
          name: freeName(current, "weekends"),
          time_intervals: [{ weekdays: ["saturday", "sunday"] }],
        })}
        holdsBack={(entry, index) => holdsBack("time_intervals", entry, index)}
        {...shared}
      />
      {oldList ? (
        <>
          <h2 className="mt-2 font-mono text-14 font-semibold">mute_time_intervals</h2>
          <p className="text-muted">{t("oldList")}</p>
          <StructList
            section="mute_time_intervals"
            blank={(current) => ({ name: freeName(current, "mute") })}
            holdsBack={(entry, index) => holdsBack("mute_time_intervals", entry, index)}
            {...shared}
          />
        </>
      ) : null}
      {dialog}
    </>
  );
}

/** One that routes use goes only together with what takes its place there. */
function useRemoval() {
  const t = useTranslations("time-intervals");
  const { toast } = useToast();
  const { store } = useEditor();
  const { updateConfig, undo } = useEdits();
  const [asking, setAsking] = useState<{ section: Section; index: number; name: string } | null>(null);
  const { config } = store.state().document;

  const holdsBack = (section: Section, entry: Json, index: number) => {
    const name = nameOf(entry);
    const current = store.state().document.config;
    const twins = namesOf(current).filter((other) => other === name).length > 1;
    if (twins || timeIntervalUses(current, name).length === 0) return false;
    setAsking({ section, index, name });
    return true;
  };
  const dialog = asking ? (
    <InUseDialog
      name={asking.name}
      uses={timeIntervalUses(config, asking.name)}
      others={namesOf(config).filter((name) => name !== asking.name)}
      removable
      close={() => setAsking(null)}
      replace={(replacement) => {
        updateConfig((current) => removeTimeInterval(current, asking.section, asking.index, replacement));
        setAsking(null);
        toast({ title: t("deleted", { name: asking.name }), action: { label: t("undo"), onSelect: undo } });
      }}
    />
  ) : null;
  return { holdsBack, dialog };
}

function IntervalTitle({ entry }: EntryPart) {
  const t = useTranslations("time-intervals");
  const route = useEditorState(routeOf);
  const name = nameOf(entry);
  const count = useMemo(() => countUses(route).timeInterval(name), [route, name]);
  const now = useMinute();
  const holds = useMemo(() => knownZone(() => containsInstant(intervalOf(entry), now)), [entry, now]);
  return (
    <>
      <span className="font-mono font-medium">{name || t("unnamed")}</span>
      {count > 0 ? <span className="text-12 text-muted">{t("uses", { count })}</span> : <Tag>{t("unused")}</Tag>}
      <Holding holds={holds} />
    </>
  );
}

/** Everything below the line of an interval: what it is called and made of, who uses it, when it holds. */
function IntervalHead(props: EntryPart) {
  const { section, entry, index } = props;
  const interval = useMemo(() => intervalOf(entry), [entry]);
  return (
    <>
      <IntervalName {...props} />
      <IntervalItems path={[section, index, "time_intervals"]} value={getIn(entry, ["time_intervals"])} />
      <UsedBy name={nameOf(entry)} />
      <Calendar name={nameOf(entry)} interval={interval} />
    </>
  );
}

/** As far as it is a list. */
function intervalOf(entry: Json): Intervals {
  const items = getIn(entry, ["time_intervals"]);
  return { time_intervals: Array.isArray(items) ? (items as JsonObject[]) : [] };
}

function IntervalName({ section, entry, index }: EntryPart) {
  const t = useTranslations("time-intervals");
  const { store } = useEditor();
  const { updateConfig } = useEdits();
  const path = [section, index, "name"];
  const findings = useDiagnosticsAt(path);
  return (
    <div className="px-4 pt-3 pb-2" data-path={JSON.stringify(path)}>
      <NameField
        id={pathId(path)}
        name={nameOf(entry)}
        label={t("name")}
        hint={t("nameHint")}
        problem={(name) => (namesOf(store.state().document.config).includes(name) ? t("nameTaken") : undefined)}
        rename={(name) => updateConfig((current) => renameTimeInterval(current, sectionOf(section), index, name))}
      />
      <FieldDiagnostics id={`${pathId(path)}-faults`} diagnostics={findings} />
    </div>
  );
}

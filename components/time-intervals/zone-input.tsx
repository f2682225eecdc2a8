"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { type Json, type Path, zoneNames } from "@/lib/alertmanager";
import { display } from "../fields/control";
import { useFields } from "../fields/environment";
import { Input } from "../ui/input";

/** `location`, with the names that Alertmanager knows; UTC where nothing is written. */
export function LocationInput({ id, path, value, invalid }: LocationProps) {
  const { set, readOnly } = useFields();
  const listId = useId();
  const [asked, setAsked] = useState(false);
  return (
    <div className="max-w-80">
      <Input
        id={id}
        mono
        list={listId}
        value={display(value)}
        readOnly={readOnly}
        placeholder="UTC"
        autoComplete="off"
        spellCheck={false}
        aria-label="location"
        aria-invalid={invalid || undefined}
        onFocus={() => setAsked(true)}
        onChange={(event) => set(path, event.target.value === "" ? undefined : event.target.value)}
      />
      <datalist id={listId}>{asked ? zoneNames().map((name) => <option key={name} value={name} />) : null}</datalist>
    </div>
  );
}

type LocationProps = { id: string; path: Path; value: Json | undefined; invalid: boolean };

type ZoneChooserProps = { zone: string; viewer: string; zones: readonly string[]; choose: (zone: string) => void };

/** Whose clock the calendar shows: the reader's, UTC, one that the interval names, or any other that is typed. */
export function ZoneChooser({ zone, viewer, zones, choose }: ZoneChooserProps) {
  const t = useTranslations("time-intervals.calendar");
  const listId = useId();
  const [text, setText] = useState<string | null>(null);
  const near = [...new Set([viewer, "UTC", ...zones])];
  const wrong = text !== null && text !== "" && !zoneNames().includes(text);
  const change = (next: string) => {
    setText(next);
    if (zoneNames().includes(next)) choose(next);
  };
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-1.5">
      <Input
        mono
        className="w-44"
        list={listId}
        value={text ?? zone}
        autoComplete="off"
        spellCheck={false}
        aria-label={t("zone")}
        aria-invalid={wrong || undefined}
        onFocus={() => setText("")}
        onBlur={() => setText(null)}
        placeholder={zone}
        onChange={(event) => change(event.target.value)}
      />
      <datalist id={listId}>
        {text === null
          ? null
          : [...new Set([...near, ...zoneNames()])].map((name) => <option key={name} value={name} />)}
      </datalist>
      {zone === viewer ? (
        <span className="text-12 text-muted">{t("yours")}</span>
      ) : (
        <button type="button" className="link text-12" onClick={() => choose(viewer)}>
          {t("toYours")}
        </button>
      )}
    </div>
  );
}

"use client";

import { useTranslations } from "next-intl";
import type { ConfigChange } from "@/lib/alertmanager";
import type { CommentPlace } from "@/lib/configuration/review/contract";
import { FormField } from "../../ui/form-field";
import { Input } from "../../ui/input";
import { Select } from "../../ui/select";

/** A line of one of the two texts, with its words. */
export type PickedLine = { line: number; text: string; side: "before" | "after" };

export function placeText(place: CommentPlace, t: (key: string, values?: Record<string, string | number>) => string) {
  if (place.kind === "change") return t("ofChange");
  if (place.kind === "field") return t("ofField", { path: fieldText(place.path) });
  return t(place.side === "before" ? "ofOldLine" : "ofLine", { line: place.line });
}

function fieldText(path: readonly (string | number)[]): string {
  return path.reduce<string>(
    (text, step) => (typeof step === "number" ? `${text}[${step}]` : text === "" ? step : `${text}.${step}`),
    "",
  );
}

type PlaceChoiceProps = {
  id: string;
  steps: readonly ConfigChange[];
  yaml: string;
  place: CommentPlace;
  choose: (place: CommentPlace | null) => void;
  pick: (line: PickedLine | null) => void;
};

/** What a comment is about: the change, one of its steps, or a line, by its number or by a click beside the text. */
export function PlaceChoice({ id, steps, yaml, place, choose, pick }: PlaceChoiceProps) {
  const t = useTranslations("review.talk");
  const lines = yaml.split("\n");
  const fields = steps.filter(({ path }) => path.length > 0 && path[0] !== "templates");
  const value =
    place.kind === "field" ? `field ${fields.findIndex(({ path }) => same(path, place.path))}` : String(place.kind);
  const take = (line: number) => pick({ line, text: (lines[line - 1] ?? "").slice(0, 2_000), side: "after" });
  return (
    <div className="flex flex-wrap items-start gap-3">
      <FormField id={`${id}-place`} label={t("about")} className="min-w-48 flex-1">
        {(control) => (
          <Select
            {...control}
            value={value}
            onChange={({ target }) => {
              pick(null);
              const field = fields[Number(target.value.split(" ")[1])];
              if (target.value === "line") take(1);
              else choose(field ? { kind: "field", path: [...field.path] } : null);
            }}
          >
            <option value="change">{t("ofChange")}</option>
            <option value="line">{t("someLine")}</option>
            {fields.map(({ label, key, path }, index) => (
              <option key={JSON.stringify([path, key, label])} value={`field ${index}`}>
                {key === undefined ? label : `${label} › ${String(key)}`}
              </option>
            ))}
          </Select>
        )}
      </FormField>
      {place.kind === "line" ? (
        <FormField
          id={`${id}-line`}
          label={t("line")}
          hint={<code className="[overflow-wrap:anywhere]">{place.text.trim()}</code>}
          className="w-40"
        >
          {(control) => (
            <Input
              {...control}
              type="number"
              min={1}
              max={lines.length}
              value={place.line}
              onChange={({ target }) =>
                take(Math.max(1, Math.min(lines.length, Math.trunc(Number(target.value)) || 1)))
              }
            />
          )}
        </FormField>
      ) : null}
    </div>
  );
}

function same(one: readonly (string | number)[], other: readonly (string | number)[]): boolean {
  return one.length === other.length && one.every((step, index) => step === other[index]);
}

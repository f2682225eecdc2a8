"use client";

import { useTranslations } from "next-intl";
import { Button } from "../ui/button";
import { Select } from "../ui/select";
import { Switch } from "../ui/switch";
import { ariaOf, type ControlProps, display } from "./control";
import { useFields, useGhost } from "./environment";

/** A closed list, with what holds when nothing is chosen as its first entry. */
export function ChoiceInput({ options, ...props }: ControlProps & { options: readonly string[] }) {
  const { id, path, field, value, label } = props;
  const t = useTranslations("fields");
  const { set, readOnly } = useFields();
  const ghost = useGhost(field, path);
  const text = display(value);
  const unset =
    ghost === null
      ? t("notSet")
      : ghost.from === "above"
        ? t("byInherited", { source: ghost.source, value: display(ghost.value) })
        : ghost.from === "global"
          ? t("byGlobal", { key: ghost.key, value: display(ghost.value) })
          : t("byDefault", { value: display(ghost.value) });
  const known = text === "" || options.includes(text) ? options : [text, ...options];
  return (
    <Select
      id={id}
      mono
      value={text}
      disabled={readOnly}
      aria-label={label}
      onChange={(event) => set(path, event.target.value === "" ? undefined : event.target.value)}
      {...ariaOf(props)}
    >
      <option value="">{unset}</option>
      {known.map((option) => (
        <option key={option} value={option}>
          {option}
        </option>
      ))}
    </Select>
  );
}

/** Says what the default is, so that a switch never hides whether somebody decided. */
export function BoolInput(props: ControlProps) {
  const { id, path, field, value, label } = props;
  const t = useTranslations("fields");
  const { set, readOnly } = useFields();
  const ghost = useGhost(field, path);
  const fallback = ghost?.value === true;
  const on = typeof value === "boolean" ? value : fallback;
  const own = value !== undefined;
  const word = (state: boolean) => t(state ? "on" : "off");
  return (
    <div className="flex min-h-8 flex-wrap items-center gap-2">
      <Switch
        id={id}
        checked={on}
        disabled={readOnly}
        aria-label={label}
        onCheckedChange={(next) => set(path, next)}
        {...ariaOf(props)}
      />
      <span className="text-muted">
        {own
          ? t(on === fallback ? "boolOwnSame" : "boolOwn", { on: word(on), fallback: word(fallback) })
          : t(ghost?.from === "global" ? "boolGlobal" : "boolDefault", { on: word(on) })}
      </span>
      {own && !readOnly ? (
        <Button
          size="sm"
          variant="quiet"
          onClick={() => set(path, undefined)}
          aria-label={t("resetOf", { name: label })}
        >
          {t("reset")}
        </Button>
      ) : null}
    </div>
  );
}

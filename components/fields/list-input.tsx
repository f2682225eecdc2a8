"use client";

import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import type { FieldType, Json, StructDefinition } from "@/lib/alertmanager";
import { Button } from "../ui/button";
import type { ControlProps } from "./control";
import { useFields } from "./environment";
import { pathId } from "./path-id";
import { StructForm } from "./struct-form";
import { ValueInput } from "./value-input";

function emptyItem(type: FieldType): Json {
  if (type.kind === "struct" || type.kind === "map") return {};
  return type.kind === "list" ? [] : "";
}

function swap(items: readonly Json[], a: number, b: number): Json[] {
  const next = [...items];
  const [first, second] = [next[a], next[b]];
  if (first === undefined || second === undefined) return next;
  next[a] = second;
  next[b] = first;
  return next;
}

/** Any list: a row per scalar, a box per struct. */
export function ListInput({ item, ...props }: ControlProps & { item: FieldType }) {
  const { path, field, value, label, id } = props;
  const t = useTranslations("fields");
  const { set, readOnly } = useFields();
  const items = Array.isArray(value) ? value : [];
  const remove = (index: number) => {
    const next = items.filter((_, other) => other !== index);
    set(path, next.length === 0 ? undefined : next);
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend, and the row has its name already
    <div id={id} role="group" aria-label={label} className="grid gap-2">
      {items.map((entry, index) => {
        const at = [...path, index];
        const name = t("itemOf", { name: label, number: index + 1 });
        const tools = readOnly ? null : (
          <ItemTools
            key="tools"
            name={name}
            first={index === 0}
            last={index === items.length - 1}
            move={(by) => set(path, swap(items, index, index + by))}
            remove={() => remove(index)}
          />
        );
        return item.kind === "struct" ? (
          <StructItem key={pathId(at)} struct={item.struct} value={entry} path={at} name={name} tools={tools} />
        ) : (
          <div key={pathId(at)} className="flex items-start gap-1">
            <div className="min-w-0 flex-1">
              <ValueInput
                id={pathId(at)}
                path={at}
                field={field}
                type={item}
                value={entry}
                label={name}
                describedBy={props.describedBy}
                invalid={props.invalid}
                keepEmpty
              />
            </div>
            {tools}
          </div>
        );
      })}
      {readOnly ? (
        items.length === 0 && <span className="py-1.5 text-muted">{t("notSet")}</span>
      ) : (
        <div>
          <Button
            size="sm"
            onClick={() => set(path, [...items, emptyItem(item)])}
            aria-label={t("addTo", { name: label })}
          >
            <Plus aria-hidden />
            {t("add")}
          </Button>
        </div>
      )}
    </div>
  );
}

type ItemToolsProps = { name: string; first: boolean; last: boolean; move: (by: -1 | 1) => void; remove: () => void };

function ItemTools({ name, first, last, move, remove }: ItemToolsProps) {
  const t = useTranslations("fields");
  return (
    <span className="flex shrink-0">
      <Button
        size="icon-sm"
        variant="quiet"
        disabled={first}
        onClick={() => move(-1)}
        aria-label={t("moveUpOf", { name })}
      >
        <ArrowUp aria-hidden />
      </Button>
      <Button
        size="icon-sm"
        variant="quiet"
        disabled={last}
        onClick={() => move(1)}
        aria-label={t("moveDownOf", { name })}
      >
        <ArrowDown aria-hidden />
      </Button>
      <Button size="icon-sm" variant="quiet" onClick={remove} aria-label={t("removeOf", { name })}>
        <Trash2 aria-hidden />
      </Button>
    </span>
  );
}

function StructItem(props: {
  struct: StructDefinition;
  value: Json;
  path: ControlProps["path"];
  name: string;
  tools: React.ReactNode;
}) {
  return (
    <div className="rounded-md border">
      <div className="flex items-center border-b bg-sunken py-0.5 pr-1 pl-3">
        <span className="flex-1 font-mono text-12 text-muted">{props.name}</span>
        {props.tools}
      </div>
      <StructForm struct={props.struct} path={props.path} value={props.value} dense />
    </div>
  );
}

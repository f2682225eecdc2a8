"use client";

import { Plus, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { FieldType, Json, JsonObject } from "@/lib/alertmanager";
import { Button } from "../ui/button";
import { Input } from "../ui/input";
import type { ControlProps } from "./control";
import { useFields } from "./environment";
import { pathId } from "./path-id";
import { ValueInput } from "./value-input";

function renameKey(map: JsonObject, from: string, to: string): JsonObject {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key === from ? to : key, value]));
}

export function MapInput({ item, ...props }: ControlProps & { item: FieldType }) {
  const { path, field, label, id } = props;
  const t = useTranslations("fields");
  const { set, readOnly } = useFields();
  const map: JsonObject =
    typeof props.value === "object" && props.value !== null && !Array.isArray(props.value) ? props.value : {};
  const entries = Object.entries(map);
  const write = (next: JsonObject) => set(path, Object.keys(next).length === 0 ? undefined : next);

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend, and the row has its name already
    <div id={id} role="group" aria-label={label} className="grid gap-2">
      {entries.map(([key, value]) => (
        <div key={key} className="flex items-start gap-1">
          <KeyInput
            name={key}
            label={t("keyOf", { name: label })}
            rename={(to) => write(renameKey(map, key, to))}
            taken={(to) => to !== key && Object.hasOwn(map, to)}
          />
          <div className="min-w-0 flex-1">
            <ValueInput
              id={pathId([...path, key])}
              path={[...path, key]}
              field={field}
              type={item}
              value={value}
              label={`${label} ${key}`}
              describedBy={props.describedBy}
              invalid={false}
              keepEmpty
            />
          </div>
          {readOnly ? null : (
            <Button
              size="icon-sm"
              variant="quiet"
              className="mt-0.5"
              onClick={() => write(Object.fromEntries(entries.filter(([other]) => other !== key)))}
              aria-label={t("removeOf", { name: `${label} ${key}` })}
            >
              <Trash2 aria-hidden />
            </Button>
          )}
        </div>
      ))}
      {readOnly ? (
        entries.length === 0 && <span className="py-1.5 text-muted">{t("notSet")}</span>
      ) : (
        <AddKey
          label={t("newKeyOf", { name: label })}
          taken={(key) => Object.hasOwn(map, key)}
          add={(key) => write({ ...map, [key]: emptyValue(item) })}
        />
      )}
    </div>
  );
}

function emptyValue(type: FieldType): Json {
  return type.kind === "list" ? [] : type.kind === "struct" || type.kind === "map" ? {} : "";
}

type KeyInputProps = { name: string; label: string; rename: (to: string) => void; taken: (to: string) => boolean };

/** Written on blur: a half-typed key would lose its neighbours' order and its focus. */
function KeyInput({ name, label, rename, taken }: KeyInputProps) {
  const { readOnly } = useFields();
  const [text, setText] = useState(name);
  const wrong = text === "" || taken(text);
  return (
    <Input
      mono
      className="w-2/5"
      value={text}
      readOnly={readOnly}
      aria-label={label}
      aria-invalid={wrong || undefined}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => (wrong ? setText(name) : text !== name && rename(text))}
    />
  );
}

function AddKey({ label, taken, add }: { label: string; taken: (key: string) => boolean; add: (key: string) => void }) {
  const t = useTranslations("fields");
  const [text, setText] = useState("");
  const key = text.trim();
  const submit = () => {
    if (key === "" || taken(key)) return;
    add(key);
    setText("");
  };
  return (
    <div className="flex gap-2">
      <Input
        mono
        className="w-2/5"
        value={text}
        placeholder={t("newKey")}
        aria-label={label}
        aria-invalid={taken(key) || undefined}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          submit();
        }}
      />
      <Button onClick={submit} disabled={key === "" || taken(key)} aria-label={label}>
        <Plus aria-hidden />
        {t("add")}
      </Button>
    </div>
  );
}

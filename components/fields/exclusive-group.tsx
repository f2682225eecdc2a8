"use client";

import { useTranslations } from "next-intl";
import { memo, useId, useState } from "react";
import type { Field, JsonObject, Path, StructDefinition } from "@/lib/alertmanager";
import { ghostOf, useFields } from "./environment";
import { FieldBody, RowFrame } from "./field-row";
import { useLackText, whoLacks } from "./judges";
import { pathId } from "./path-id";
import { useRevealedId } from "./reveal";

type GroupProps = {
  struct: StructDefinition;
  group: string;
  fields: readonly Field[];
  path: Path;
  value: JsonObject;
};

/** Keys that exclude each other are one decision: one control to choose the key, one for its value. */
export const ExclusiveGroup = memo(
  PlainExclusiveGroup,
  (before, after) =>
    before.struct === after.struct &&
    before.group === after.group &&
    pathId(before.path) === pathId(after.path) &&
    before.fields.every(({ key }) => before.value[key] === after.value[key]),
);

function PlainExclusiveGroup({ struct, group, fields, path, value }: GroupProps) {
  const t = useTranslations("fields");
  const environment = useFields();
  const { judges, readOnly, set } = environment;
  const lackText = useLackText();
  const name = useId();
  const [chosen, setChosen] = useState<string | null>(null);
  const revealed = useRevealedId();
  const filled = fields.filter(({ key }) => value[key] !== undefined);
  const inherited = fields.find((field) => ghostOf(field, [...path, field.key], environment)?.from === "global")?.key;
  const asked = fields.find(({ key }) => revealed === pathId([...path, key]))?.key;
  const current = filled[0]?.key ?? chosen ?? asked ?? inherited ?? fields[0]?.key;
  const required = struct.exclusive?.[group]?.required ?? false;

  const choose = (key: string) => {
    setChosen(key);
    // Two of them at once is never right, so choosing another takes away the one that is set. Undo brings it back.
    for (const field of filled) if (field.key !== key) set([...path, field.key], undefined);
  };

  const title = t.has(`groups.${struct.name}.${group}`)
    ? t(`groups.${struct.name}.${group}`)
    : t.has(`groups.generic.${group}`)
      ? t(`groups.generic.${group}`)
      : group;

  // Several at once came from YAML: all of them are shown, each with its finding.
  const shown = filled.length > 1 ? filled : fields.filter(({ key }) => key === current);
  return (
    <fieldset className="min-w-0 border-t first:border-t-0">
      <legend className="sr-only">{title}</legend>
      <RowFrame
        name={<span className={title === group ? "font-mono text-12 leading-5" : "font-medium"}>{title}</span>}
        note={t(required ? "oneOfRequired" : "oneOf")}
        path={current === undefined ? path : [...path, current]}
      >
        <div className="flex flex-wrap gap-0.5 rounded-md border border-line-field bg-sunken p-0.5">
          {fields.map(({ key, since }) => {
            const lacking = whoLacks(judges, struct, key);
            return (
              <label
                key={key}
                className="relative grid min-h-7 flex-1 cursor-pointer place-items-center rounded-sm border border-transparent px-2 font-mono text-12 whitespace-nowrap text-soft has-checked:border-line-strong has-checked:bg-panel has-checked:text-text has-focus-visible:outline-2 has-focus-visible:outline-accent has-disabled:cursor-not-allowed has-disabled:opacity-60"
                title={lacking.length > 0 ? lackText(since, lacking) : undefined}
              >
                <input
                  type="radio"
                  className="absolute inset-0 cursor-[inherit] appearance-none opacity-0"
                  name={name}
                  checked={key === current}
                  disabled={readOnly || lacking.length > 0}
                  onChange={() => choose(key)}
                />
                {key}
              </label>
            );
          })}
        </div>
        {shown.map((field) => (
          <div key={field.key} className="mt-1.5">
            <FieldBody struct={struct} field={field} path={[...path, field.key]} value={value[field.key]} />
          </div>
        ))}
      </RowFrame>
    </fieldset>
  );
}

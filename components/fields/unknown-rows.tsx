"use client";

import { useTranslations } from "next-intl";
import type { JsonObject, Path, StructDefinition } from "@/lib/alertmanager";
import { Button } from "../ui/button";
import { display } from "./control";
import { useFields } from "./environment";
import { FieldDiagnostics } from "./field-diagnostics";
import { RowFrame } from "./field-row";
import { pathId } from "./path-id";
import { StillRow } from "./still-row";

type UnknownRowsProps = { struct: StructDefinition; path: Path; value: JsonObject; omit: readonly string[] };

/** Keys that no Alertmanager knows are shown and can be taken away; they are never dropped in silence. */
export function UnknownRows({ struct, path, value, omit }: UnknownRowsProps) {
  const t = useTranslations("fields");
  const { diagnosticsAt, readOnly, set } = useFields();
  const known = new Set([...struct.fields.map(({ key }) => key), ...omit, "id"]);
  return Object.keys(value)
    .filter((key) => !known.has(key))
    .map((key) => {
      const at = [...path, key];
      return (
        <RowFrame key={key} name={<span className="font-mono text-12 leading-5">{key}</span>} note={t("unknownKey")}>
          <StillRow
            id={pathId(at)}
            action={
              readOnly ? null : (
                <Button size="sm" onClick={() => set(at, undefined)} aria-label={t("removeOf", { name: key })}>
                  {t("remove")}
                </Button>
              )
            }
          >
            <code>{display(value[key])}</code>
          </StillRow>
          <FieldDiagnostics id={`${pathId(at)}-faults`} diagnostics={diagnosticsAt(at, true)} />
        </RowFrame>
      );
    });
}

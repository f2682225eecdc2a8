"use client";

import { useTranslations } from "next-intl";
import type { Json, JsonObject, Path, StructDefinition } from "@/lib/alertmanager";
import { Button } from "../ui/button";
import { display } from "./control";
import { useDiagnosticsAt, useFields } from "./environment";
import { FieldDiagnostics } from "./field-diagnostics";
import { RowFrame } from "./field-row";
import { pathId } from "./path-id";
import { StillRow } from "./still-row";

type UnknownRowsProps = { struct: StructDefinition; path: Path; value: JsonObject; omit: readonly string[] };

/** Keys that no Alertmanager knows are shown and can be taken away; they are never dropped in silence. */
export function UnknownRows({ struct, path, value, omit }: UnknownRowsProps) {
  const known = new Set([...struct.fields.map(({ key }) => key), ...omit, "id"]);
  return Object.keys(value)
    .filter((key) => !known.has(key))
    .map((key) => <UnknownRow key={key} name={key} path={[...path, key]} value={value[key]} />);
}

function UnknownRow({ name, path, value }: { name: string; path: Path; value: Json | undefined }) {
  const t = useTranslations("fields");
  const { readOnly, set } = useFields();
  const findings = useDiagnosticsAt(path, true);
  return (
    <RowFrame name={<span className="font-mono text-12 leading-5">{name}</span>} note={t("unknownKey")} path={path}>
      <StillRow
        id={pathId(path)}
        action={
          readOnly ? null : (
            <Button size="sm" onClick={() => set(path, undefined)} aria-label={t("removeOf", { name })}>
              {t("remove")}
            </Button>
          )
        }
      >
        <code>{display(value)}</code>
      </StillRow>
      <FieldDiagnostics id={`${pathId(path)}-faults`} diagnostics={findings} />
    </RowFrame>
  );
}

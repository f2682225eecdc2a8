"use client";

import { useTranslations } from "next-intl";
import { memo, type ReactNode, useState } from "react";
import { type Field, isSecretRef, type Json, type Path, type StructDefinition } from "@/lib/alertmanager";
import { Tag } from "../ui/badge";
import { Button } from "../ui/button";
import { cn } from "../ui/cn";
import { display, isSecretType } from "./control";
import { type Ghost, useDiagnosticsAt, useFields, useGhost } from "./environment";
import { FieldDiagnostics } from "./field-diagnostics";
import { GhostSource } from "./ghost-source";
import { useLackText, whoLacks } from "./judges";
import { NestedStruct } from "./nested-struct";
import { pathId } from "./path-id";
import { SecretWords } from "./secret-input";
import { StillRow } from "./still-row";
import { TemplateText } from "./template-input";
import { useHelp } from "./use-help";
import { ValueInput } from "./value-input";

export type FieldRowProps = { struct: StructDefinition; field: Field; path: Path; value: Json | undefined };

/** Name at the left, control at the right, help and findings below it. Drawn anew only when its own value changes. */
export const FieldRow = memo(PlainFieldRow, sameField);

export function sameField(before: FieldRowProps, after: FieldRowProps): boolean {
  return (
    before.value === after.value &&
    before.field === after.field &&
    before.struct === after.struct &&
    before.path.length === after.path.length &&
    before.path.every((step, index) => step === after.path[index])
  );
}

function PlainFieldRow({ struct, field, path, value }: FieldRowProps) {
  const t = useTranslations("fields");
  const id = pathId(path);
  const note = field.required ? t("required") : field.templated ? t("template") : null;
  return (
    <RowFrame
      name={
        <label htmlFor={id} className="font-mono text-12 leading-5 [overflow-wrap:anywhere]">
          {field.key}
        </label>
      }
      note={note}
      path={path}
      wide={listOfStructs(field)}
    >
      <FieldBody struct={struct} field={field} path={path} value={value} />
    </RowFrame>
  );
}

export type RowFrameProps = {
  name: ReactNode;
  note?: ReactNode;
  path: Path;
  /** Below its name instead of beside it, for what has rows of its own. */
  wide?: boolean;
  children: ReactNode;
};

/** `data-path` tells the live pane which lines to show while the cursor is in here. */
export function RowFrame({ name, note, path, wide, children }: RowFrameProps) {
  return (
    <div
      data-path={JSON.stringify(path)}
      className={cn(
        "grid gap-x-4 gap-y-1.5 border-t px-4 py-2.5 first:border-t-0",
        !wide && "sm:grid-cols-[152px_minmax(0,1fr)]",
      )}
    >
      <div className="pt-1 sm:pt-1.5">
        {name}
        {note ? <div className="text-12 text-muted">{note}</div> : null}
      </div>
      <div className="min-w-0">{children}</div>
    </div>
  );
}

/** The control with its ghost, help and findings, without the name: rows and groups of alternatives share it. */
export function FieldBody({ struct, field, path, value }: FieldRowProps) {
  const { judges, readOnly, set } = useFields();
  const t = useTranslations("fields");
  const lackText = useLackText();
  const help = useHelp()(struct.name, field.key);
  const ghost = useGhost(field, path);
  const id = pathId(path);
  const nested = field.type.kind === "struct";
  const below = field.type.kind === "map" || field.type.kind === "list";
  const diagnostics = useDiagnosticsAt(path, below && !listOfStructs(field));
  const [overriding, setOverriding] = useState(false);
  const lacking = whoLacks(judges, struct, field.key);
  if (lacking.length > 0 && value === undefined)
    return (
      <StillRow id={id} disabled>
        {lackText(field.since, lacking)}
      </StillRow>
    );

  const describedBy =
    [help ? `${id}-help` : "", diagnostics.length > 0 ? `${id}-faults` : ""].filter(Boolean).join(" ") || undefined;
  const asGhost = value === undefined && ghost !== null && !overriding && hasGhostRow(field);
  const own = value !== undefined && ghost !== null && hasGhostRow(field);

  return (
    <>
      {nested ? (
        <NestedStruct field={field} path={path} value={value} ghost={ghost} />
      ) : asGhost ? (
        <GhostRow
          id={id}
          ghost={ghost}
          field={field}
          override={() => {
            setOverriding(true);
            if (!isSecretType(field.type) && !isSecretRef(ghost.value)) set(path, ghost.value);
          }}
        />
      ) : (
        <div className={cn(own && "flex items-start gap-1")}>
          <div className="min-w-0 flex-1">
            <ValueInput
              id={id}
              path={path}
              field={field}
              type={field.type}
              value={value}
              label={field.key}
              describedBy={describedBy}
              invalid={diagnostics.some(({ severity }) => severity === "error")}
              keepEmpty={ghost !== null}
            />
          </div>
          {own && !readOnly && !isSecretType(field.type) ? (
            <Button
              size="sm"
              variant="quiet"
              className="mt-0.5"
              onClick={() => {
                setOverriding(false);
                set(path, undefined);
              }}
              aria-label={t("resetOf", { name: field.key })}
            >
              {t("reset")}
            </Button>
          ) : null}
        </div>
      )}
      {value === "" && own ? <p className="mt-1 text-12 text-muted">{t("emptyOnPurpose")}</p> : null}
      <FieldDiagnostics id={`${id}-faults`} diagnostics={diagnostics} />
      {help ? (
        <p id={`${id}-help`} className="mt-1 text-12 text-muted">
          {help}
        </p>
      ) : null}
      {lacking.length > 0 ? <Tag className="mt-1">{lackText(field.since, lacking)}</Tag> : null}
    </>
  );
}

function listOfStructs(field: Field): boolean {
  return field.type.kind === "list" && field.type.item.kind === "struct";
}

/** A switch and a closed list show their default themselves. */
function hasGhostRow({ type }: Field): boolean {
  return type.kind !== "bool" && type.kind !== "enum" && type.kind !== "receiverName";
}

function GhostValue({ ghost, templated }: { ghost: Ghost; templated: boolean }) {
  if (isSecretRef(ghost.value)) return <SecretWords text={display(ghost.value)} />;
  if (Array.isArray(ghost.value)) return <code>[{ghost.value.map(display).join(", ")}]</code>;
  return <code>{templated ? <TemplateText text={display(ghost.value)} /> : display(ghost.value)}</code>;
}

function GhostRow({ id, ghost, field, override }: { id: string; ghost: Ghost; field: Field; override: () => void }) {
  const t = useTranslations("fields");
  const { readOnly } = useFields();
  return (
    <StillRow
      id={id}
      ghost
      action={
        readOnly ? null : (
          <Button size="sm" onClick={override} aria-label={t("overrideOf", { name: field.key })}>
            {t("override")}
          </Button>
        )
      }
    >
      <GhostSource ghost={ghost} /> <GhostValue ghost={ghost} templated={field.templated === true} />
    </StillRow>
  );
}

import type { Field, FieldType, Json, Path } from "@/lib/alertmanager";

/** What every input gets: where it stands, what it means and how assistive technology finds its words. */
export type ControlProps<T extends FieldType = FieldType> = {
  id: string;
  path: Path;
  field: Field;
  type: T;
  value: Json | undefined;
  /** Name for screen readers; the visible label points to `id` where there is exactly one control. */
  label: string;
  describedBy: string | undefined;
  invalid: boolean;
};

export function ariaOf({ describedBy, invalid }: Pick<ControlProps, "describedBy" | "invalid">) {
  return { "aria-describedby": describedBy, "aria-invalid": invalid || undefined } as const;
}

/** As a person reads it: text as it is, anything else as JSON. */
export function display(value: Json | undefined): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

export function isSecretType(type: FieldType): boolean {
  return type.kind === "secret" || type.kind === "secretUrl" || type.kind === "secretTemplateUrl";
}

"use client";

import { useMemo } from "react";
import { ROUTE_STRUCT, type StructDefinition } from "@/lib/alertmanager";
import { useFields } from "../fields/environment";
import { FieldDiagnostics } from "../fields/field-diagnostics";
import { pathId } from "../fields/path-id";
import { getIn } from "../fields/set-at";
import { StructForm } from "../fields/struct-form";
import { inherited, type RouteRow } from "./route-edits";

const INHERITED = ["receiver", "group_by", "group_wait", "group_interval", "repeat_interval"] as const;

/** A route's form: what it does not say itself is shown as the ghost of what it gets from above. */
export function RouteForm({ row }: { row: RouteRow }) {
  const { diagnosticsAt } = useFields();
  const struct = useMemo<StructDefinition>(
    () => ({
      ...ROUTE_STRUCT,
      fields: ROUTE_STRUCT.fields.map((field) => {
        const key = INHERITED.find((name) => name === field.key);
        if (!key || !row.parent) return field;
        const { value } = inherited(row.parent, key);
        return value === undefined ? field : { ...field, default: value };
      }),
    }),
    [row],
  );
  return (
    <div id={pathId(row.path)} className="border-t bg-panel">
      <div className="px-4 empty:hidden">
        <FieldDiagnostics id={`${pathId(row.path)}-faults`} diagnostics={diagnosticsAt(row.path)} />
      </div>
      <StructForm struct={struct} path={row.path} value={getIn(row.route, [])} omit={["id", "routes"]} />
    </div>
  );
}

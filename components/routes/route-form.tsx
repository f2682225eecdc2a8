"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { ROUTE_STRUCT } from "@/lib/alertmanager";
import { useShownPath } from "../editor/edited-path";
import { InjectedChips } from "../editor/injected-chips";
import { useInjectedMatchers } from "../editor/injected-matchers";
import { type FieldsEnvironment, FieldsProvider, useDiagnosticsAt, useFields } from "../fields/environment";
import { FieldDiagnostics } from "../fields/field-diagnostics";
import { pathId } from "../fields/path-id";
import { getIn } from "../fields/set-at";
import { StructForm } from "../fields/struct-form";
import { inheritedFromAbove, type RouteRow } from "./route-edits";

/** A route's form: what it does not say itself is shown as the ghost of what it gets from which route above. */
export function RouteForm({ row }: { row: RouteRow }) {
  const t = useTranslations("routes");
  const fields = useFields();
  const findings = useDiagnosticsAt(row.path);
  useShownPath(row.path);
  const depth = row.path.length + 1;
  // Typing makes another row of this one; the fields are drawn anew together only when something above it says otherwise.
  const said = JSON.stringify(row.parent?.values ?? null);
  const environment = useMemo<FieldsEnvironment>(() => {
    const values: RouteRow["values"] | null = JSON.parse(said);
    const parent = values && { values };
    return {
      ...fields,
      inheritedAt: (path) => {
        const above = path.length === depth ? inheritedFromAbove({ parent }, path.at(-1)) : undefined;
        if (!above) return undefined;
        return {
          from: "above",
          value: above.value,
          source: above.from === "" ? t("fromRoot") : t("fromRoute", { number: above.from }),
        };
      },
    };
  }, [fields, said, depth, t]);
  return (
    <div id={pathId(row.path)} className="border-t bg-panel">
      <div className="px-4 empty:hidden">
        <FieldDiagnostics id={`${pathId(row.path)}-faults`} diagnostics={findings} />
      </div>
      {row.parent ? null : <Injected />}
      <FieldsProvider value={environment}>
        <StructForm struct={ROUTE_STRUCT} path={row.path} value={getIn(row.route, [])} omit={["id", "routes"]} />
      </FieldsProvider>
    </div>
  );
}

/** What the owners of the targets ask of alerts before they come to the root. */
function Injected() {
  const t = useTranslations("routes");
  const injected = useInjectedMatchers();
  if (injected.length === 0) return null;
  return (
    <div className="grid gap-1.5 border-b px-4 py-3">
      <p className="flex flex-wrap gap-1.5">
        <InjectedChips injected={injected} />
      </p>
      <p className="text-12 text-soft">{t("injected")}</p>
    </div>
  );
}

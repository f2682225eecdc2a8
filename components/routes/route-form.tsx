"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { ROUTE_STRUCT } from "@/lib/alertmanager";
import { useShownPath } from "../editor/edited-path";
import { InjectedChips } from "../editor/injected-chips";
import { useInjectedMatchers } from "../editor/injected-matchers";
import { LockNotice } from "../editor/lock-notice";
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
      {fields.readOnly || row.right === "all" ? null : (
        <LockNotice className="m-3">{t(row.right === "top" ? "lockedTop" : "lockedRoute")}</LockNotice>
      )}
      <FieldsProvider value={environment}>
        <Fields row={row} />
      </FieldsProvider>
    </div>
  );
}

const HIDDEN = ["id", "routes"];
/** What decides which alerts come to a route. */
const GATE = ["match", "match_re", "matchers", "continue"];
/** Nobody whose they are not to set needs to know of them. */
const OLDER = ["match", "match_re"] as const;
const BEYOND_THE_GATE = ROUTE_STRUCT.fields.map(({ key }) => key).filter((key) => !GATE.includes(key));

function Fields({ row: { route, path, right } }: { row: RouteRow }) {
  const fields = useFields();
  const locked = useMemo(() => ({ ...fields, readOnly: true }), [fields]);
  const value = getIn(route, []);
  const whole = <StructForm struct={ROUTE_STRUCT} path={path} value={value} omit={HIDDEN} />;
  if (right === "all") return whole;
  if (right === "none") return <FieldsProvider value={locked}>{whole}</FieldsProvider>;
  const older = OLDER.filter((key) => route[key] === undefined);
  return (
    <>
      <FieldsProvider value={locked}>
        <div className="border-b">
          <StructForm
            struct={ROUTE_STRUCT}
            path={path}
            value={value}
            omit={[...HIDDEN, ...older, ...BEYOND_THE_GATE]}
            dense
          />
        </div>
      </FieldsProvider>
      <StructForm struct={ROUTE_STRUCT} path={path} value={value} omit={[...HIDDEN, ...GATE]} />
    </>
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

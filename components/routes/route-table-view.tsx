"use client";

import { ClipboardPaste, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { useEdits } from "../editor/use-change";
import { useFields } from "../fields/environment";
import { MatcherChips } from "../fields/matchers-input";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { EmptyState } from "../ui/empty-state";
import { FormField } from "../ui/form-field";
import { Input } from "../ui/input";
import { Select } from "../ui/select";
import { ActionsTh, Table, Th } from "../ui/table";
import { PasteDialog } from "./paste-dialog";
import type { RouteRow } from "./route-edits";
import { TableChunk } from "./route-table-rows";
import { applyMerge, type Merge, mergeOf, type RouteTable, TABLE_KEYS, tablesOf } from "./route-tables";

const CHUNK = 30;

/** Routes that differ in one label's value only, as a table: as many lines as values, edited in place. */
export function RouteTableView({ rows, open }: { rows: readonly RouteRow[]; open: (id: string) => void }) {
  const t = useTranslations("routes");
  const { profile } = useFields();
  const tables = useMemo(() => tablesOf(rows, profile), [rows, profile]);
  const [chosen, setChosen] = useState("");
  const table = tables.find(({ key }) => key === chosen) ?? tables[0];
  if (!table) {
    return (
      <EmptyState title={t("noTables")}>
        <p>{t("noTablesText")}</p>
      </EmptyState>
    );
  }
  const nameOf = ({ parent, label, rows: { length } }: RouteTable) =>
    t("tableName", { label, parent: parent.number === "" ? t("root") : parent.number, count: length });
  return (
    <>
      {tables.length > 1 ? (
        <FormField id="route-table" label={t("tableOf")}>
          {(control) => (
            <Select value={table.key} onChange={(event) => setChosen(event.target.value)} {...control}>
              {tables.map((one) => (
                <option key={one.key} value={one.key}>
                  {[nameOf(one), ...one.others].join(" · ")}
                </option>
              ))}
            </Select>
          )}
        </FormField>
      ) : null}
      <OneTable key={table.key} table={table} name={nameOf(table)} open={open} />
    </>
  );
}

function OneTable({ table, name, open }: { table: RouteTable; name: string; open: (id: string) => void }) {
  const t = useTranslations("routes");
  const { readOnly: viewing, updateConfig } = useEdits();
  const readOnly = viewing || table.parent.right === "none";
  const [pasted, setPasted] = useState<string | null>(null);
  const merge = (lines: Merge) => updateConfig((config) => applyMerge(config, table, lines, () => crypto.randomUUID()));
  return (
    <Card>
      <div className="flex flex-wrap items-center gap-2 border-b px-4 py-2.5">
        <h2 className="font-medium">{name}</h2>
        {table.others.map((text) => (
          <MatcherChips key={text} text={text} />
        ))}
        {readOnly ? null : (
          <Button className="ml-auto" size="sm" onClick={() => setPasted("")}>
            <ClipboardPaste aria-hidden />
            {t("paste")}
          </Button>
        )}
      </div>
      <Table label={name}>
        <thead>
          <tr>
            <Th className="font-mono">{table.label}</Th>
            {TABLE_KEYS.map((key) => (
              <Th key={key} className="font-mono">
                {key}
              </Th>
            ))}
            <ActionsTh>{t("actions")}</ActionsTh>
          </tr>
        </thead>
        {Array.from({ length: Math.ceil(table.rows.length / CHUNK) }, (_, chunk) => chunk * CHUNK).map((start) => (
          <TableChunk
            key={start}
            table={table}
            rows={table.rows.slice(start, start + CHUNK)}
            startsNear={start === 0}
            open={open}
            paste={setPasted}
          />
        ))}
      </Table>
      {readOnly ? null : <NewLine table={table} add={merge} />}
      {pasted === null ? null : <PasteDialog table={table} text={pasted} apply={merge} close={() => setPasted(null)} />}
    </Card>
  );
}

function NewLine({ table, add }: { table: RouteTable; add: (merge: Merge) => void }) {
  const t = useTranslations("routes");
  const [value, setValue] = useState("");
  const taken = table.rows.some((row) => row.value === value.trim());
  const empty = value.trim() === "";
  return (
    <form
      className="flex flex-wrap items-center gap-2 border-t px-4 py-2.5"
      onSubmit={(event) => {
        event.preventDefault();
        if (empty || taken) return;
        add(mergeOf(table, [{ value: value.trim() }]));
        setValue("");
      }}
    >
      <div className="w-56">
        <Input
          mono
          value={value}
          placeholder={table.label}
          aria-label={t("newValue", { label: table.label })}
          aria-invalid={taken || undefined}
          onChange={(event) => setValue(event.target.value)}
        />
      </div>
      <Button type="submit" disabled={empty || taken}>
        <Plus aria-hidden />
        {t("addLine")}
      </Button>
      {taken ? (
        <p role="status" className="text-critical">
          {t("valueTaken")}
        </p>
      ) : null}
    </form>
  );
}

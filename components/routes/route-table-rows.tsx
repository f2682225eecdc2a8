"use client";

import { Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ClipboardEvent, memo, useRef } from "react";
import { useEdits } from "../editor/use-change";
import { useDiagnosticsAt, useFields } from "../fields/environment";
import { worstLevel } from "../fields/severity-level";
import { Button } from "../ui/button";
import { ComboboxInput } from "../ui/combobox";
import { Input } from "../ui/input";
import { SeverityIcon } from "../ui/severity";
import { Td, Tr } from "../ui/table";
import { removeRoutes } from "./route-batch";
import { inherited } from "./route-edits";
import { type RouteTable, setCell, TABLE_KEYS, type TableKey, type TableRow } from "./route-tables";
import { useWithin } from "./use-within";

const LINE_HEIGHT = 45;
const COLUMNS = TABLE_KEYS.length + 2;

type Shared = {
  table: RouteTable;
  open: (id: string) => void;
  /** Several cells at once. */
  paste: (text: string) => void;
};

export function TableChunk({
  rows,
  startsNear,
  ...shared
}: Shared & { rows: readonly TableRow[]; startsNear: boolean }) {
  const box = useRef<HTMLTableSectionElement>(null);
  const { near, height } = useWithin(box, startsNear, false);
  return (
    <tbody ref={box}>
      {near ? (
        rows.map(({ row, value }) => <Line key={row.route.id} row={row} value={value} {...shared} />)
      ) : (
        <tr style={{ height: `${height ?? rows.length * LINE_HEIGHT}px` }}>
          <td colSpan={COLUMNS} />
        </tr>
      )}
    </tbody>
  );
}

/** The table is another one after every edit; a line shows only its own route. */
const Line = memo(
  PlainLine,
  (before, after) =>
    before.row === after.row &&
    before.value === after.value &&
    before.table.key === after.table.key &&
    before.open === after.open,
);

function PlainLine({ table, row, value, open, paste }: Shared & TableRow) {
  const t = useTranslations("routes");
  const { profile } = useFields();
  const { readOnly: viewing, updateConfig } = useEdits();
  const readOnly = viewing || row.right !== "all";
  const { id } = row.route;
  const problems = useDiagnosticsAt(row.path, true);
  const set = (key: TableKey | null, text: string) =>
    updateConfig((config) => setCell(config, table, id, key, text, profile), `${id}/${key}`);
  const pasted = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData("text/plain");
    if (readOnly || !/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    paste(text);
  };
  return (
    <Tr>
      <Td className="min-w-40">
        <Input
          mono
          value={value}
          readOnly={readOnly}
          aria-label={t("cellOf", { key: table.label, name: row.number })}
          onChange={(event) => set(null, event.target.value)}
          onPaste={pasted}
        />
      </Td>
      {TABLE_KEYS.map((key) => (
        <Td key={key} className={key === "receiver" ? "min-w-44 px-1.5" : "min-w-24 px-1.5"}>
          <Cell row={row} name={key} set={(text) => set(key, text)} />
        </Td>
      ))}
      <Td className="whitespace-nowrap">
        <span className="flex items-center justify-end gap-1">
          {problems.length > 0 ? <SeverityIcon level={worstLevel(problems)} /> : null}
          <Button size="sm" variant="quiet" onClick={() => open(id)} aria-label={t("openRoute", { name: row.number })}>
            {row.number}
          </Button>
          {readOnly ? null : (
            <Button
              size="icon-sm"
              variant="quiet"
              onClick={() => updateConfig((config) => removeRoutes(config, new Set([id])))}
              aria-label={t("deleteLine", { value })}
            >
              <Trash2 aria-hidden />
            </Button>
          )}
        </span>
      </Td>
    </Tr>
  );
}

/** What the route does not say itself stands greyed in the empty cell. */
function Cell({ row, name, set }: { row: TableRow["row"]; name: TableKey; set: (text: string) => void }) {
  const t = useTranslations("routes");
  const { receiverNames, readOnly: viewing } = useFields();
  const readOnly = viewing || row.right === "none";
  const own = row.route[name] ?? "";
  const holds = inherited(row, name).value;
  const control = {
    mono: true,
    value: own,
    readOnly,
    placeholder: typeof holds === "string" ? holds : "",
    "aria-label": t("cellOf", { key: name, name: row.number }),
  };
  if (name !== "receiver") return <Input {...control} onChange={(event) => set(event.target.value)} />;
  const wanted = own.toLowerCase();
  const known = receiverNames.includes(own)
    ? receiverNames
    : receiverNames.filter((one) => one.toLowerCase().includes(wanted));
  return (
    <ComboboxInput
      {...control}
      autoComplete="off"
      listLabel={t("receivers")}
      suggestions={readOnly ? [] : known.slice(0, 50).map((receiver) => ({ value: receiver, label: receiver }))}
      onChange={(event) => set(event.target.value)}
      onPick={({ value }) => set(value)}
    />
  );
}

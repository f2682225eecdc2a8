import { directoryOf, onPlatform, type Transaction, withTenant } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { type ZipEntry, zip } from "@/lib/operations";
import { openPersonal, PLATFORM_LOG, recordOnPlatform } from "@/lib/tenancy";
import type { PersonExport } from "./contract";
import { tableCsv } from "./table-csv";
import { exportSql, type Place } from "./tables";
import { tenantsKnowing } from "./tenants-knowing";

interface Found {
  name: string;
  row: Record<string, unknown>;
}

interface By {
  actor: string;
  requestId: string;
}

/**
 * Everything that is known of a person, in every tenant at every isolation level, with what events hold of them opened. Of
 * credentials only that they are there. That it was taken is in the installation's log.
 */
export async function exportPerson(personId: string, by: By): Promise<PersonExport> {
  const tables: PersonExport["tables"] = {};
  const add = (found: readonly Found[], tenant?: string) => {
    for (const { name, row } of found) {
      tables[name] ??= [];
      tables[name].push(tenant === undefined ? row : { tenant, ...row });
    }
  };
  const known = await onPlatform((tx) => read(tx, "platform", personId));
  if (!known.some(({ name }) => name === "people")) throw new AppError("not_found", "There is no such person.");
  await recordOnPlatform("PersonExported", { person: personId }, by);
  add(known);
  const ofInstallation = await withTenant(PLATFORM_LOG, (tx) => read(tx, "data", personId));
  add(await opened(PLATFORM_LOG, ofInstallation), "");
  for (const { id, slug } of await tenantsKnowing(personId)) {
    const found = await withTenant(id, async (tx) => [
      ...(await read(directoryOf(tx), "directory", personId)),
      ...(await read(tx, "data", personId)),
    ]);
    add(await opened(id, found), slug);
  }
  return { exportedAt: new Date().toISOString(), person: personId, tables };
}

function read(tx: Transaction, place: Place, personId: string): Promise<Found[]> {
  return tx.$queryRawUnsafe<Found[]>(exportSql(place), personId);
}

async function opened(tenantId: string, found: readonly Found[]): Promise<Found[]> {
  const told = found.map(({ name, row }) => ({ name, row, type: String(row.type), data: dataOf(name, row) }));
  const readable = await openPersonal(tenantId, told);
  return readable.map(({ name, row, data }) => ({ name, row: name === "events" ? { ...row, data } : row }));
}

const dataOf = (name: string, row: Record<string, unknown>) =>
  name === "events" ? (row.data as Record<string, unknown>) : {};

/** The same as files: `person.json` with all of it, and a table for spreadsheets of each kind of row. */
export async function exportPersonZip(
  personId: string,
  by: By,
): Promise<{ name: string; body: Uint8Array<ArrayBuffer> }> {
  const data = await exportPerson(personId, by);
  const entries: ZipEntry[] = [
    { name: "person.json", content: `${JSON.stringify(data, null, 2)}\n` },
    ...Object.entries(data.tables).map(([table, rows]) => ({ name: `${table}.csv`, content: tableCsv(rows) })),
  ];
  const parts: Uint8Array[] = [];
  for await (const part of zip(entries, new Date(data.exportedAt))) parts.push(part);
  return { name: `person-${data.exportedAt.slice(0, 10)}.zip`, body: Uint8Array.from(Buffer.concat(parts)) };
}

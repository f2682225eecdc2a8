import { directoryOf, type Transaction } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { INSTALLATION_PLACES, type SealedPlace, TENANT_PLACES } from "./sealed-places";

/** The installation's own log, which has data keys as tenants have. */
const INSTALLATION = "00000000-0000-0000-0000-000000000000";

export interface SealedRow {
  /** Where it lies, for as long as the transaction holds it. */
  at: string;
  bound: string;
  sealed: Uint8Array;
}

export interface Renewed extends SealedRow {
  after: Buffer;
}

interface Store {
  /** As many in a transaction. */
  most: number;
  /** Values that another key than this version sealed; those that somebody is writing at this moment are left out. */
  take(tx: Transaction, newest: number, but: readonly string[], most: number): Promise<SealedRow[]>;
  put(tx: Transaction, renewed: readonly Renewed[]): Promise<void>;
  /** Which versions other than the newest sealed something that is here; what names none is 0. */
  versions(tx: Transaction): Promise<number[]>;
}

export function storesOf(tenantId: string): Store[] {
  const stores = TENANT_PLACES.map(tableStore);
  return tenantId === INSTALLATION ? [...stores, ...INSTALLATION_PLACES.map(tableStore), directoryStore] : stores;
}

function tableStore(place: SealedPlace): Store {
  const { table, bound, sealed, set, directory } = place;
  const on = (tx: Transaction) => (directory ? directoryOf(tx) : tx);
  return {
    most: place.most,
    take: (tx, newest, but, most) =>
      on(tx).$queryRawUnsafe<SealedRow[]>(
        `SELECT s.ctid::text AS at, ${bound} AS bound, ${sealed} AS sealed FROM ${table} s
         WHERE ${sealed} IS NOT NULL AND sealed_under(${sealed}) <> $1::int AND NOT (${bound} = ANY ($2::text[]))
         LIMIT $3::int FOR NO KEY UPDATE OF s SKIP LOCKED`,
        newest,
        but,
        most,
      ),
    async put(tx, renewed) {
      const count = await on(tx).$executeRawUnsafe(
        `UPDATE ${table} s SET ${set} FROM unnest($1::text[], $2::text[], $3::text[]) AS n (at, before, after)
         WHERE s.ctid = n.at::tid AND ${sealed} = decode(n.before, 'base64')`,
        renewed.map(({ at }) => at),
        renewed.map((row) => base64(row.sealed)),
        renewed.map(({ after }) => base64(after)),
      );
      if (count !== renewed.length)
        throw new AppError("internal", `Of ${renewed.length} rows of ${table} only ${count} were written.`);
    },
    async versions(tx) {
      const newest = await newestVersion(tx);
      return numbers(
        await on(tx).$queryRawUnsafe<Version[]>(
          `SELECT DISTINCT sealed_under(${sealed}) AS version FROM ${table} s
           WHERE ${sealed} IS NOT NULL AND sealed_under(${sealed}) <> $1::int`,
          newest,
        ),
      );
    },
  };
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");

/** Here nobody is held up: what somebody wrote meanwhile is another value than before, and stays. */
const directoryStore: Store = {
  most: 100,
  take: (tx, newest, but, most) =>
    tx.$queryRaw<SealedRow[]>`
      SELECT place AS at, bound, sealed FROM sealed_in_directory(${newest}::int, ${most}::int, ${[...but]}::text[])`,
  async put(tx, renewed) {
    await tx.$queryRaw`
      SELECT store_sealed_in_directory(${renewed.map(({ bound }) => bound)}::text[],
        ${renewed.map(({ sealed }) => base64(sealed))}::text[], ${renewed.map(({ after }) => base64(after))}::text[])`;
  },
  async versions(tx) {
    const newest = await newestVersion(tx);
    return numbers(
      await tx.$queryRaw<Version[]>`
        SELECT DISTINCT sealed_under(sealed) AS version FROM sealed_in_directory(${newest}::int, ${EVERY}::int, '{}')`,
    );
  },
};

const EVERY = 2_147_483_647;

interface Version {
  version: bigint;
}

const numbers = (rows: readonly Version[]) => rows.map(({ version }) => Number(version));

async function newestVersion(tx: Transaction): Promise<number> {
  const [row] = await tx.$queryRaw<{ newest: number | null }[]>`SELECT newest_data_key() AS newest`;
  return row?.newest ?? 0;
}

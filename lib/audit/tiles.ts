import { Prisma, type Transaction } from "@/lib/database";
import { AppError } from "@/lib/errors";
import type { Hash } from "./proofs/contract";
import { nodeHash } from "./proofs/merkle";
import { type ReadNode, rootOf } from "./proofs/tree";

/** Hashes in a full tile (C2SP tlog-tiles: a height of 8). */
export const TILE_WIDTH = 256;
const HASH_BYTES = 32;
/** How many tiles are made in one go; each is 256 rows read and one written. */
const TILES_AT_ONCE = 64;

/** How many hashes a tile has in the tree of `size` leaves. */
export function widthOf(level: number, tile: number, size: number): number {
  const hashes = Math.floor(size / TILE_WIDTH ** level) - tile * TILE_WIDTH;
  return Math.min(TILE_WIDTH, Math.max(0, hashes));
}

/** The hashes of a tile in the tree of `size` leaves; undefined where that tree has none there. */
export async function readTile(
  tx: Transaction,
  tenantId: string,
  { level, tile, size }: { level: number; tile: number; size: number },
): Promise<Hash[] | undefined> {
  const width = widthOf(level, tile, size);
  if (width === 0) return undefined;
  if (width === TILE_WIDTH) {
    const full = await fullTile(tx, tenantId, level, tile);
    if (full) return full;
  }
  const hashes = await (level === 0 ? leaves : tileRoots)(tx, tenantId, level, tile * TILE_WIDTH, width);
  if (hashes.length !== width) throw new AppError("internal", `Tile ${level}/${tile} of a log is not whole.`);
  return hashes;
}

async function fullTile(tx: Transaction, tenantId: string, level: number, tile: number): Promise<Hash[] | undefined> {
  const [row] = await tx.$queryRaw<{ hashes: Uint8Array }[]>`
    SELECT hashes FROM log_tiles WHERE tenant_id = ${tenantId}::uuid AND level = ${level}::smallint AND tile = ${tile}::bigint`;
  return row && split(row.hashes);
}

function split(hashes: Uint8Array): Hash[] {
  return Array.from({ length: hashes.length / HASH_BYTES }, (_, at) =>
    Uint8Array.from(hashes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES)),
  );
}

/** Positions of a log count from 1, leaves from 0. */
async function leaves(tx: Transaction, tenantId: string, _level: number, from: number, count: number): Promise<Hash[]> {
  const rows = await tx.$queryRaw<{ hash: Uint8Array }[]>`
    SELECT leaf_hash AS hash FROM events
    WHERE tenant_id = ${tenantId}::uuid AND position > ${from}::bigint AND position <= ${from + count}::bigint ORDER BY position`;
  return rows.map(({ hash }) => Uint8Array.from(hash));
}

async function tileRoots(
  tx: Transaction,
  tenantId: string,
  level: number,
  from: number,
  count: number,
): Promise<Hash[]> {
  const rows = await tx.$queryRaw<{ hash: Uint8Array }[]>`
    SELECT root AS hash FROM log_tiles
    WHERE tenant_id = ${tenantId}::uuid AND level = ${level - 1}::smallint
      AND tile >= ${from}::bigint AND tile < ${from + count}::bigint ORDER BY tile`;
  return rows.map(({ hash }) => Uint8Array.from(hash));
}

/** Reads nodes of the tree of `size` leaves out of its tiles. Each tile is read once, and each node between computed once. */
export function nodesOf(tx: Transaction, tenantId: string, size: number): ReadNode {
  const tiles = new Map<string, Promise<Hash[] | undefined>>();
  const nodes = new Map<string, Promise<Hash>>();
  const inTile = async (level: number, index: number) => {
    const tile = Math.floor(index / TILE_WIDTH);
    const key = `${level}/${tile}`;
    const known = tiles.get(key) ?? readTile(tx, tenantId, { level, tile, size });
    tiles.set(key, known);
    const hash = (await known)?.[index % TILE_WIDTH];
    if (!hash) throw new AppError("internal", `The tree of ${size} has no node ${level * 8}/${index}.`);
    return hash;
  };
  const read: ReadNode = (height, index) => {
    const key = `${height}/${index}`;
    const known = nodes.get(key) ?? (height % 8 === 0 ? inTile(height / 8, index) : over(height, index));
    nodes.set(key, known);
    return known;
  };
  const over = async (height: number, index: number) => {
    const [left, right] = await Promise.all([read(height - 1, index * 2), read(height - 1, index * 2 + 1)]);
    return nodeHash(left, right);
  };
  return read;
}

/** Over 1, 2, 4 … 256 hashes. */
function rootOver(hashes: readonly Hash[]): Hash {
  const [first] = hashes;
  if (hashes.length === 1 && first) return first;
  const above: Hash[] = [];
  for (let at = 0; at < hashes.length; at += 2) above.push(nodeHash(hashes[at]!, hashes[at + 1]!));
  return rootOver(above);
}

export const treeRoot = (tx: Transaction, tenantId: string, size: number): Promise<Hash> =>
  rootOf(nodesOf(tx, tenantId, size), size);

/** Keeps full tiles of the tree of `size` leaves that were not kept yet; a part of them at a time. False: there are more. */
export async function keepTiles(tx: Transaction, tenantId: string, size: number): Promise<boolean> {
  let left = TILES_AT_ONCE;
  for (let level = 0; TILE_WIDTH ** (level + 1) <= size; level++) {
    const full = Math.floor(size / TILE_WIDTH ** (level + 1));
    const kept = await countKept(tx, tenantId, level);
    const until = Math.min(full, kept + left);
    for (let tile = kept; tile < until; tile++) await keepTile(tx, tenantId, { level, tile, size });
    left -= Math.max(0, until - kept);
    if (until < full) return false;
  }
  return true;
}

async function countKept(tx: Transaction, tenantId: string, level: number): Promise<number> {
  const [row] = await tx.$queryRaw<{ kept: bigint | null }[]>`
    SELECT max(tile) + 1 AS kept FROM log_tiles WHERE tenant_id = ${tenantId}::uuid AND level = ${level}::smallint`;
  return Number(row?.kept ?? 0);
}

async function keepTile(
  tx: Transaction,
  tenantId: string,
  at: { level: number; tile: number; size: number },
): Promise<void> {
  const hashes = (await readTile(tx, tenantId, at)) ?? [];
  const root = Buffer.from(rootOver(hashes));
  await tx.$executeRaw(Prisma.sql`
    INSERT INTO log_tiles (tenant_id, level, tile, hashes, root)
    VALUES (${tenantId}::uuid, ${at.level}::smallint, ${at.tile}::bigint, ${Buffer.concat(hashes)}::bytea, ${root}::bytea)`);
}

import type { Prisma } from "@/lib/database";

/** Keeps the bytes that a restore needs: a whole configuration, secrets and all. */
export interface Sealer {
  seal(text: string): Promise<Prisma.InputJsonValue>;
  open(sealed: unknown): Promise<string>;
}

import { tenantsElsewhere } from "@/lib/database";

type Claim<Claimed> = (tenantId: string, worker: string, seconds: number) => Promise<Claimed | undefined>;

/**
 * Claims from tenants that are not in the shared tables: they are visited one after the other, not more often than every
 * `lookMs`, which may take a twentieth of the time.
 */
export function claimElsewhere<Claimed>(lookMs: number, claim: Claim<Claimed>) {
  let nextLook = 0;
  return async (worker: string, seconds: number): Promise<Claimed | undefined> => {
    const began = Date.now();
    if (began < nextLook) return undefined;
    let failure: unknown;
    try {
      for (const tenantId of await tenantsElsewhere()) {
        try {
          const claimed = await claim(tenantId, worker, seconds);
          if (claimed) return claimed;
        } catch (error) {
          // A database that is away keeps nobody else waiting.
          failure ??= error;
        }
      }
      if (failure) throw failure;
      return undefined;
    } finally {
      nextLook = Date.now() + Math.max(lookMs, 20 * (Date.now() - began));
    }
  };
}

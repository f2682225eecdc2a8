import type { ConfigDocument } from "@/lib/alertmanager";
import type { Transaction } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { type CommandTools, grantsOf, outsideGrants } from "@/lib/tenancy";
import type { ChangeEvent, ChangeState } from "./events";
import { startDocument } from "./queries";
import { findRevision, frozenDocument } from "./rows";

/** All that the change does, also what others did in it, goes live or goes away by these. */
const WHOLE: ReadonlySet<string> = new Set(["ChangeFrozen", "Scheduled", "BypassUsed", "ChangeAbandoned"]);

/** Somebody whose rights end at some receivers and routes changes, publishes and gives up nothing else. */
export async function refuseBeyondGrants(
  before: ChangeState,
  after: ChangeState,
  events: readonly ChangeEvent[],
  { tx, directory, ctx }: CommandTools,
): Promise<void> {
  const whole = events.some(({ type }) => WHOLE.has(type));
  if (!whole && before.document === after.document) return;
  const grants = await grantsOf(directory, ctx);
  if (!grants) return;
  const base = () => baseOf(tx, ctx.tenantId, after.baseRevision);
  const opened = before.status === "none";
  let outside = opened || whole ? outsideGrants(await base(), after.document, grants) : [];
  if (!opened && !whole) {
    outside = outsideGrants(before.document, after.document, grants);
    // What others published comes in as it is; only what is made of it otherwise is this person's doing.
    if (outside.length > 0 && events.some(({ type }) => type === "ChangeRebased")) {
      outside = outsideGrants(await base(), after.document, grants);
    }
  }
  if (outside.length === 0) return;
  const shown = outside.slice(0, 5).join(", ");
  const more = outside.length > 5 ? ` and ${outside.length - 5} more` : "";
  throw new AppError(
    "forbidden",
    `This is beyond what you may change here: ${shown}${more}. An admin sets what that is.`,
    {
      reason: "beyond_grants",
      outside,
    },
  );
}

async function baseOf(tx: Transaction, tenantId: string, revision: number | null): Promise<ConfigDocument> {
  return revision === null ? startDocument() : frozenDocument(await findRevision(tx, tenantId, revision));
}

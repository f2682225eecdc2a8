import type { ConfigDocument } from "@/lib/alertmanager";
import type { Transaction } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { type CommandTools, grantsOf, outsideGrants } from "@/lib/tenancy";
import type { Grants } from "@/lib/tenancy/grants/contract";
import type { ChangeEvent, ChangeState } from "./events";
import { startDocument } from "./queries";
import { findRevision, frozenDocument } from "./rows";

/** By these all that the change does goes live, goes away, is answered for or gets a name, also what others did in it. */
const WHOLE: ReadonlySet<string> = new Set([
  "Approved",
  "BypassUsed",
  "ChangeAbandoned",
  "ChangeFrozen",
  "ChangeRetitled",
  "ReviewWithdrawn",
  "ScheduleCancelled",
  "Scheduled",
]);

/** Somebody whose rights end at some receivers and routes changes, publishes and gives up nothing else. */
export async function refuseBeyondGrants(
  before: ChangeState,
  after: ChangeState,
  events: readonly ChangeEvent[],
  { tx, directory, ctx }: CommandTools,
): Promise<void> {
  const whole = events.some((event) => WHOLE.has(event.type) || isHandOnSchedule(event));
  if (!whole && before.document === after.document) return;
  const grants = await grantsOf(directory, ctx);
  if (!grants) return;
  const sinceBase = () => changeOutside(tx, ctx.tenantId, after, grants);
  const opened = before.status === "none";
  let outside = opened || whole ? await sinceBase() : [];
  if (!opened && !whole) {
    outside = outsideGrants(before.document, after.document, grants);
    // What others published comes in as it is; only what is made of it otherwise is this person's doing.
    if (outside.length > 0 && events.some(({ type }) => type === "ChangeRebased")) {
      outside = await sinceBase();
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

/** An edit suspends it too, but that is no judgement of the rest. */
function isHandOnSchedule(event: ChangeEvent): boolean {
  return event.type === "ScheduleSuspended" && event.data.reason === "by_hand";
}

/** What a change does outside of the grants, by name. */
export async function changeOutside(
  tx: Transaction,
  tenantId: string,
  { baseRevision, document }: { baseRevision: number | null; document: ConfigDocument },
  grants: Grants,
): Promise<string[]> {
  return outsideGrants(await baseOf(tx, tenantId, baseRevision), document, grants);
}

async function baseOf(tx: Transaction, tenantId: string, revision: number | null): Promise<ConfigDocument> {
  return revision === null ? startDocument() : frozenDocument(await findRevision(tx, tenantId, revision));
}

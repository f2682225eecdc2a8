import { diffConfig } from "@/lib/alertmanager";
import { readStream } from "@/lib/audit";
import { AppError } from "@/lib/errors";
import { query } from "@/lib/tenancy";
import { evolve } from "../decider";
import { type ChangeEvent, NO_CHANGE } from "../events";
import { type EventChanges, eventChangesQuerySchema } from "./contract";

const MOST = 200;

/** The configuration before an event of the log and after it, held against each other; nothing for events of other things. */
export const readEventChanges = query(
  { name: "readEventChanges", permission: "audit:view", input: eventChangesQuerySchema },
  async (tx, { position }, { tenantId }): Promise<EventChanges> => {
    const event = await tx.event.findUnique({
      where: { tenantId_position: { tenantId, position } },
      select: { streamType: true, streamId: true, streamVersion: true },
    });
    if (!event) throw new AppError("not_found", "There is no such event.");
    if (event.streamType !== "change") return { changes: [], more: 0 };
    const stream = await readStream(tx, tenantId, { type: "change", id: event.streamId });
    // The log holds what earlier handlers of this stream returned, hence this type.
    const past = stream.filter(({ streamVersion }) => streamVersion <= event.streamVersion) as unknown as ChangeEvent[];
    const before = past.slice(0, -1).reduce(evolve, NO_CHANGE);
    const last = past.at(-1);
    // What a change began from was there before: nobody edited it here.
    if (!last || last.type === "ChangeOpened") return { changes: [], more: 0 };
    const all = diffConfig(before.document, evolve(before, last).document);
    const changes = all.slice(0, MOST).map(({ kind, noun, label, key, before: was, after: is, secret }) => ({
      ...{ kind, noun, label, key: key ?? null, secret: secret ?? false },
      ...{ before: was ?? null, after: is ?? null },
    }));
    return { changes, more: all.length - changes.length };
  },
);

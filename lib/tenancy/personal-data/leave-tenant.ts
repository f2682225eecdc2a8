import { z } from "zod";
import { command } from "../command";
import { keepAnAdmin } from "../members";
import { type MemberEvent, memberStream } from "../members-stream";

/** Ends the membership of somebody who is being erased, if there is one; in a deleted tenant also that of the last admin. `last`: everywhere. */
export const leaveTenant = command(
  {
    name: "leave-tenant",
    permission: "members:manage",
    input: z.object({ personId: z.uuid(), last: z.boolean().default(false) }),
    stream: memberStream,
    inAnyState: true,
  },
  async (state, { personId, last }, { directory, ctx: { tenantId } }) => {
    if (!state) return { events: [], result: undefined };
    const tenant = await directory.tenant.findUniqueOrThrow({ where: { id: tenantId }, select: { state: true } });
    if (state.role === "admin" && !last && tenant.state !== "deleted") await keepAnAdmin(directory, personId);
    const event: MemberEvent = { type: "MemberRemoved", data: { role: state.role } };
    return { events: [event], result: undefined };
  },
);

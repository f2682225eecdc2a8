import { AppError } from "@/lib/errors";
import { logger } from "@/lib/observability";
import { assertOwnAccount, type LiveSession, requireStepUp } from "@/lib/tenancy";
import { carryOutErasures } from "./carry-out";
import { type ErasureDto, eraseOwnSchema } from "./contract";
import { beginErasure, readErasure } from "./erase-person";
import { personOfAddress } from "./people-by-address";

/** Erases the account of whoever asks: they typed its address once more, and proved a moment ago that it is them. */
export async function eraseOwnAccount(session: LiveSession, input: unknown, requestId: string): Promise<ErasureDto> {
  await assertOwnAccount(session);
  // Nothing takes it back, so also those who have a password alone say it once more.
  requireStepUp({ asked: true, steppedUpAt: session.steppedUpAt });
  const { data } = eraseOwnSchema.safeParse(input);
  if (data?.email !== session.email) throw new AppError("invalid_input", "Type the address of your account.");
  return carriedOut(await beginErasure({ personId: session.personId, by: session.personId, requestId }));
}

/** For operators and the command line, who have checked that it is asked for. */
export async function erasePersonOf(email: string, by: { actor: string; requestId: string }): Promise<ErasureDto> {
  const personId = await personOfAddress(email);
  return carriedOut(await beginErasure({ personId, by: by.actor, requestId: by.requestId }));
}

/** What was begun is done by a worker at the latest: a failure here is no failure of the request. */
async function carriedOut(id: string): Promise<ErasureDto> {
  await carryOutErasures(id).catch((error: unknown) => {
    logger("privacy").error({ err: error, erasure: id }, "an erasure waits; it goes on later");
  });
  return readErasure(id);
}

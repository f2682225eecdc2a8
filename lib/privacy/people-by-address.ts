import { onPlatform } from "@/lib/database";
import { AppError } from "@/lib/errors";

/** Whose address this is; `not_found` where it is nobody's. */
export async function personOfAddress(email: string): Promise<string> {
  const person = await onPlatform((tx) =>
    tx.person.findUnique({ where: { email: email.trim().toLowerCase() }, select: { id: true } }),
  );
  if (!person) throw new AppError("not_found", "Nobody here has this address.");
  return person.id;
}

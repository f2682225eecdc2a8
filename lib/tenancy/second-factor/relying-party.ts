import { isIP } from "node:net";
import { AppError } from "@/lib/errors";
import { publicUrl } from "../sign-in-link";
import type { PasskeysPossible } from "./contract";

/** Whether passkeys work at the address that people type: browsers bind them to a name, and to https or this machine. */
export function passkeysPossible(address = publicUrl("/")): PasskeysPossible {
  const { origin, hostname, protocol } = new URL(address);
  if (isIP(hostname.replaceAll(/[[\]]/g, ""))) return { possible: false, why: "address", origin };
  const local = hostname === "localhost" || hostname.endsWith(".localhost");
  if (protocol !== "https:" && !local) return { possible: false, why: "insecure", origin };
  return { possible: true, origin };
}

/** Throws where passkeys do not work. */
export function relyingParty(): { rpID: string; origin: string } {
  const { possible, origin } = passkeysPossible();
  if (possible) return { rpID: new URL(origin).hostname, origin };
  throw new AppError("conflict", `Passkeys do not work at ${origin}. They need a name and https, or http://localhost.`);
}

import { currentMe } from "@/lib/tenancy";
import { leadToSignIn } from "../../lead-to-sign-in";

/** A layout and its page are drawn at once: each leads away for itself who is not signed in any more. */
export async function meOrSignIn(path: string) {
  try {
    return await currentMe();
  } catch (error) {
    leadToSignIn(error, path);
    throw error;
  }
}

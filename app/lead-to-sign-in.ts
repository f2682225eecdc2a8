import { redirect } from "next/navigation";
import { AppError } from "@/lib/errors";

/** Leads a page's visitor to what is still to be shown: who they are, or their second factor; other failures are not its concern. */
export function leadToSignIn(error: unknown, path: string): void {
  if (!(error instanceof AppError)) return;
  const next = encodeURIComponent(path);
  if (error.code === "unauthenticated") redirect(`/sign-in?next=${next}`);
  if (error.code === "second_factor_required") redirect(`/second-factor?next=${next}`);
}

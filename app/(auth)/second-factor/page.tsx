import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Demanded } from "@/components/account/demanded";
import { PendingProof } from "@/components/account/pending-proof";
import { safeNext } from "@/components/tenant/safe-next";
import { readSecondFactor, resolvePending, stepUpMethods } from "@/lib/tenancy";
import { leadToSignIn } from "../../lead-to-sign-in";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("second-factor");
  return { title: t("title") };
}

async function sessionOrSignIn(next: string) {
  try {
    return await resolvePending();
  } catch (error) {
    leadToSignIn(error, next);
    throw error;
  }
}

/** Between the password and the app: shows the second factor, or sets up the first one where a tenant demands it. */
export default async function SecondFactorPage({ searchParams }: { searchParams: Promise<{ next?: string }> }) {
  const next = safeNext((await searchParams).next);
  const session = await sessionOrSignIn(next);
  if (session.pending) {
    const { methods } = await stepUpMethods(session);
    return <PendingProof methods={methods} email={session.email} next={next} />;
  }
  const { demandedBy, demandedOfEverybody } = await readSecondFactor(session);
  const enough = session.hasSecondFactor || session.factors.includes("mfa");
  if (enough || (demandedBy.length === 0 && !demandedOfEverybody)) redirect(next);
  return <Demanded tenants={demandedOfEverybody ? null : demandedBy} next={next} />;
}

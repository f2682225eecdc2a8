import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { PasswordForm } from "@/components/tenant/password-form";
import { safeNext } from "@/components/tenant/safe-next";
import { currentMe } from "@/lib/tenancy";
import { leadToSignIn } from "../../lead-to-sign-in";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth.password");
  return { title: t("title") };
}

export default async function SetPasswordPage({
  searchParams,
}: {
  searchParams: Promise<{ next?: string; first?: string }>;
}) {
  const [{ next, first }, t] = await Promise.all([searchParams, getTranslations("auth.password")]);
  const me = await currentMe().catch((error: unknown) => {
    leadToSignIn(error, "/set-password");
    throw error;
  });
  // After a one-time link only those are asked who have no password yet.
  if (first && me.hasPassword) redirect(safeNext(next));
  return (
    <>
      <div>
        <h1 className="text-24 font-semibold">{t("title")}</h1>
        <p className="mt-1 text-soft">{t("text")}</p>
      </div>
      <PasswordForm next={safeNext(next)} hasPassword={me.hasPassword} />
    </>
  );
}

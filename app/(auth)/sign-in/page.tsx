import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { safeNext } from "@/components/tenant/safe-next";
import { SignInForm } from "@/components/tenant/sign-in-form";
import { currentMe, signInMethods } from "@/lib/tenancy";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth.signIn");
  return { title: t("title") };
}

type Props = { searchParams: Promise<{ next?: string; callbackUrl?: string; error?: string }> };

export default async function SignInPage({ searchParams }: Props) {
  const [{ next, callbackUrl, error }, t, me] = await Promise.all([
    searchParams,
    getTranslations("auth.signIn"),
    currentMe().catch(() => null),
  ]);
  const destination = safeNext(next ?? callbackUrl);
  if (me) redirect(destination);
  const { oidc, password } = signInMethods();
  return (
    <>
      <div>
        <h1 className="text-24 font-semibold">{t("title")}</h1>
        <p className="mt-1 text-soft">{t("lead")}</p>
      </div>
      <SignInForm oidc={oidc} password={password} next={destination} error={error ?? null} />
    </>
  );
}

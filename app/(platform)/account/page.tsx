import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Sessions } from "@/components/tenant/sessions";
import { OwnTokens } from "@/components/tokens/own-tokens";
import { buttonVariants } from "@/components/ui/button-variants";
import { PageHeader } from "@/components/ui/page";
import { AppError } from "@/lib/errors";
import { currentMe } from "@/lib/tenancy";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings.account");
  return { title: t("title") };
}

async function meOrSignIn() {
  try {
    return await currentMe();
  } catch (error) {
    if (error instanceof AppError && error.code === "unauthenticated") redirect("/sign-in?next=/account");
    throw error;
  }
}

export default async function AccountPage() {
  const [me, t] = await Promise.all([meOrSignIn(), getTranslations("settings.account")]);
  return (
    <>
      <PageHeader
        title={me.name}
        facts={me.email}
        actions={
          <Link href="/set-password?next=/account" className={buttonVariants()}>
            {t(me.hasPassword ? "changePassword" : "setPassword")}
          </Link>
        }
      />
      <Sessions />
      <OwnTokens />
    </>
  );
}

import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { buttonVariants } from "@/components/ui/button-variants";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth.signedOut");
  return { title: t("title") };
}

export default async function SignedOutPage() {
  const t = await getTranslations("auth.signedOut");
  return (
    <>
      <h1 className="text-24 font-semibold">{t("title")}</h1>
      <p className="text-soft">{t("text")}</p>
      <Link href="/sign-in" className={buttonVariants({ variant: "primary" })}>
        {t("again")}
      </Link>
    </>
  );
}

import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { LinkForm } from "@/components/tenant/link-form";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth.link");
  return { title: t("title"), referrer: "no-referrer" };
}

/** The token stands behind `#`, which no browser sends: only the page reads it. */
export default async function LinkPage() {
  const t = await getTranslations("auth.link");
  return (
    <>
      <h1 className="text-24 font-semibold">{t("title")}</h1>
      <LinkForm provider="link" next="/set-password?first=1&next=%2F" />
    </>
  );
}

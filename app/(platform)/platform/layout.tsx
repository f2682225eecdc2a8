import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { PLATFORM_SECTIONS } from "@/components/platform/sections";
import { PageHeader } from "@/components/ui/page";
import { SectionNav } from "@/components/ui/section-nav";
import { currentMe } from "@/lib/tenancy";
import { leadToSignIn } from "../../lead-to-sign-in";

/** For everybody but operators these pages do not exist. */
async function operatorOrLeave(): Promise<void> {
  try {
    const me = await currentMe();
    if (!me.isOperator) notFound();
  } catch (error) {
    leadToSignIn(error, "/platform");
    throw error;
  }
}

export default async function PlatformSections({ children }: { children: ReactNode }) {
  const [t] = await Promise.all([getTranslations("platform"), operatorOrLeave()]);
  const sections = PLATFORM_SECTIONS.map((name) => ({ href: `/platform/${name}`, text: t(`sections.${name}`) }));
  return (
    <>
      <PageHeader title={t("title")} facts={t("lead")} />
      <SectionNav label={t("title")} sections={sections} />
      {children}
    </>
  );
}

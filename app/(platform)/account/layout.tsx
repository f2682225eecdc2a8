import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { ACCOUNT_SECTIONS } from "@/components/account/sections";
import { PageHeader } from "@/components/ui/page";
import { SectionNav } from "@/components/ui/section-nav";
import { meOrSignIn } from "./me-or-sign-in";

export default async function AccountLayout({ children }: { children: ReactNode }) {
  const [me, t] = await Promise.all([meOrSignIn("/account"), getTranslations("account")]);
  const sections = ACCOUNT_SECTIONS.map(({ name, href }) => ({ href, text: t(`sections.${name}`) }));
  return (
    <>
      <PageHeader title={me.name} facts={me.email} />
      <SectionNav label={t("title")} sections={sections} />
      {children}
    </>
  );
}

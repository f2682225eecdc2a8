import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { OperatorDomains } from "@/components/sign-in/operator-domains";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("platform.sections");
  return { title: t("sign-in-domains") };
}

export default function SignInDomainsPage() {
  return <OperatorDomains />;
}

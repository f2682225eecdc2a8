import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Sessions } from "@/components/account/sessions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account.sections");
  return { title: t("sessions") };
}

export default function AccountSessionsPage() {
  return <Sessions />;
}

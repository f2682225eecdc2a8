import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Tenants } from "@/components/platform/tenants";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("platform.sections");
  return { title: t("tenants") };
}

export default function TenantsPage() {
  return <Tenants />;
}

import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { OperatorTargets } from "@/components/platform/operator-targets";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("platform.sections");
  return { title: t("targets") };
}

export default function TargetsPage() {
  return <OperatorTargets />;
}

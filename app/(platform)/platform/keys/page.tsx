import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { KeysPage } from "@/components/platform/keys-page";
import { SigningKeys } from "@/components/platform/signing-keys";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("platform.sections");
  return { title: t("keys") };
}

export default function PlatformKeysPage() {
  return (
    <>
      <KeysPage />
      <SigningKeys />
    </>
  );
}
